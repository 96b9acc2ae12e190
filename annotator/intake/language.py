"""Guesses the language of a text by its script and its commonest words."""

import re
from collections import Counter
from collections.abc import Iterable

_SAMPLE = 6000  # code points: enough for hundreds of common words

_COMMON = {
    "en": "the of and to in that is was for with on as by at from said has have been were his not are this which",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an wurde werden",
    "fr": "le la les de des et en du un une que qui dans pour par sur au est pas plus ce il avec aux son été",
    "es": "el la los las de que y en un una del se por con para al es su como más no lo fue según ha",
    "it": "il la le di che e in un una per con del della dei è non si da sono al nel alla più ha anche gli",
    "pt": "o a os as de que e em um uma do da dos das para com por não no na se ao foi mais à é são",
    "nl": "de het een en van in op te dat is voor met zijn die niet aan er om ook als bij door naar werd",
    "pl": "i w z na do się nie że jest o to przez jak po od za ale są dla który oraz było ma",
    "sv": "och i att det som en på är av för med den till inte har de ett om han men var sig från",
    "da": "og i at det som en på er af for med den til ikke har de et om han men var sig fra blev",
    "cs": "a v na se je že o s z do i to by za pro ve jako po jsou který ale od podle byl při",
    "ro": "și în de la a cu pe că din nu se o este un pentru care mai au fost ce sau prin",
    "tr": "ve bir bu da de için ile olarak olan daha çok en gibi ise kadar sonra ancak göre oldu dedi",
    "ru": "и в не на что с по он как к это из о за его от но для был было также они",
    "uk": "і в не на що з до як за та це від про його для але був було також вони у є",
    "bg": "и в на да се е за от не с по че са като към това ще при до беше",
    "sk": "a v na sa je že o s z do to by za pre vo ako po sú ktorý ale od podľa bol pri nie",
    "hu": "a az és hogy nem is egy ez volt meg de már csak mint szerint azt kell után lesz",
    "fi": "ja on ei että oli se hän ovat mutta myös kun kuin mukaan sekä joka ole niin",
    "hr": "i u je da na se za su od s o ne što kao koji to bi po iz ali će nije",
    "el": "και το να η του για της που με από ο την δεν στο είναι θα τα σε",
    "he": "של את על לא זה הוא כי עם גם אל היא כל או יש אמר",
    "ar": "في من على أن إلى عن التي الذي هذا مع قال لا كان بعد هذه غير",
    "kk": "және мен бұл үшін да де бойынша деп болды туралы еді осы қазақстан ол",
}
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LETTERS_OF = {
    "uk": "їєґ",
    "kk": "әғқңөұһ",
    "pl": "łżśą",
    "cs": "řěů",
    "sk": "ľĺŕ",
    "hu": "őű",
    "tr": "ğış",
    "ro": "șță",
}

# First script that has a fifth of the letters decides; a letter of the second set there changes the answer.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0386-\u03ce]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ar", re.compile("[\u0620-\u064a\u066e-\u06d3]")),
)
_ARABIC_SCRIPT = (("ur", "ٹڈڑںے"), ("fa", "پچژگ"))
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 5

_FEWEST_HITS = 4
_LEAST_SHARE = 0.12


def guess(text: str) -> str:
    """Return the language's ISO 639-1 code, "" where the text is too short or too mixed to tell."""
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    for language, script in _SCRIPTS:
        if letters and len(script.findall(sample)) * _SHARE >= letters:
            return _within_arabic(sample) if language == "ar" else language
    return _by_common_words(words, sample)


def common_words(words: Iterable[str]) -> dict[str, float]:
    """Return for each language what share of the words are among its commonest, 0.0 to 1.0."""
    counted = Counter(word.lower() for word in words)
    total = counted.total() or 1
    return {of: sum(counted[word] for word in common) / total for of, common in _COMMON_WORDS.items()}


def _within_arabic(sample: str) -> str:
    for language, letters in _ARABIC_SCRIPT:
        if sum(map(sample.count, letters)) * 50 > len(sample):
            return language
    return "ar"


def _by_common_words(words: list[str], sample: str) -> str:
    counted = Counter(words)
    hits = {
        language: sum(counted[word] for word in common) + 2 * sum(map(sample.count, _LETTERS_OF.get(language, "")))
        for language, common in _COMMON_WORDS.items()
    }
    (best, most), (_second, next_most) = sorted(hits.items(), key=lambda item: -item[1])[:2]
    clear = most >= _FEWEST_HITS and most >= len(words) * _LEAST_SHARE and most * 5 > next_most * 6
    return best if clear else ""
