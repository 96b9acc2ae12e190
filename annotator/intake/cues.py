"""The words by which news pages mark what is not the article: related links, sharing, sign-up, cookies, adverts."""

import re
from typing import Literal

Cue = Literal["heading", "inline", "site", "time", ""]
"""`heading` opens a list of links, `inline` is one link that may stand inside an article ("Read more: ..."), `site` is
the page's own talk (subscribe, cookies, copyright), `time` is "9 hours ago"; "" is no cue."""

_HEADINGS = """
related content|related|related articles|related stories|related posts|related news|related coverage|related links
related topics|related reading|you may also like|you might also like|you might also be interested in|recommended
recommended for you|recommended stories|recommended reading|more stories|more news|more from us|most read|most popular
most viewed|most watched|most shared|most commented|trending|trending now|trending stories|popular|popular now
popular stories|popular posts|top stories|latest news|latest stories|latest headlines|latest|read next
up next|what to read next
read also|also read|read more|see also|more on this story|more on this topic|more on this|don't miss|editor's picks
editors' picks|follow us|follow us on|follow us on social media|share|share this|share this article|share this story
share on facebook|share on twitter|share on x|tweet|comments|leave a comment|leave a reply|post a comment
view comments|join the conversation|load more|show more|back to top|newsletter|newsletters|sign up|subscribe
subscribe now|log in|sign in|advertisement|advertisements|advert|sponsored|sponsored content|promoted content
paid content|around the web|from around the web|from our partners|tags|filed under|cookie settings|manage cookies
privacy policy|cookie policy|terms of use|terms of service|terms and conditions|contact us|keep reading
show comments|log in to comment|add your comment|add a comment|join discussion|join the discussion|report an error
report error|leave a reply cancel reply|see all comments|all comments|top video|top videos
more videos|related video|related videos
mehr zum thema|zum thema|lesen sie auch|lesen sie mehr|auch interessant|das könnte sie auch interessieren|meistgelesen
meistgelesene artikel|meist gelesen|am häufigsten gelesen|folgen sie uns|artikel teilen|teilen|kommentare
kommentar schreiben
zur startseite|anzeige|werbung|verwandte artikel|verwandte themen|weitere artikel|weitere meldungen|weitere nachrichten
schlagworte|impressum|datenschutz|jetzt abonnieren|newsletter abonnieren|empfohlene artikel
à lire aussi|lire aussi|sur le même sujet|les plus lus|articles les plus lus|à lire également|suivez-nous|partager
partager cet article|commentaires|publicité|articles liés|contenus sponsorisés|abonnez-vous|mentions légales
dans la même rubrique|voir aussi|à ne pas manquer|nos lecteurs ont lu ensuite
lo más leído|lo más visto|noticias relacionadas|contenido relacionado|artículos relacionados|te puede interesar
también te puede interesar|más información|síguenos|síguenos en|compartir|comentarios|publicidad|suscríbete|lee también
ver también|más noticias|archivado en|más sobre este tema
leggi anche|i più letti|più letti|articoli correlati|potrebbe interessarti|ti potrebbe interessare|seguici|seguici su
condividi|commenti|pubblicità|iscriviti alla newsletter|abbonati|vedi anche|notizie correlate
leia também|leia mais|mais lidas|as mais lidas|mais lidos|notícias relacionadas|conteúdo relacionado|siga-nos
compartilhe|compartilhar|partilhar|comentários|publicidade|assine|veja também|saiba mais
lees ook|lees meer|meest gelezen|gerelateerde artikelen|volg ons|deel dit artikel|advertentie|reacties
czytaj także|czytaj też|najczęściej czytane|zobacz także|zobacz też|reklama|udostępnij|komentarze|polecane
läs också|läs mer|mest läst|annons|læs også|mest læste|les også|mest lest
читайте также|читать также|читайте далее|самое читаемое|самое популярное|популярное|похожие материалы|материалы по теме
по теме|новости по теме|подписывайтесь|подпишитесь|поделиться|комментарии|реклама|главные новости|смотрите также
ещё по теме|еще по теме|рекомендуем|последние новости|читайте також|поділитися|підписуйтесь
ilgili haberler|en çok okunanlar|paylaş|yorumlar|reklam
اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|مواضيع ذات صلة|أخبار ذات صلة|الأكثر قراءة|تابعنا|تابعونا|شارك|إعلان|التعليقات|اقرأ المزيد
相关新闻|相关阅读|延伸阅读|热门新闻|推荐阅读|関連記事|おすすめ記事|관련기사
"""
HEADINGS = frozenset(word for line in _HEADINGS.strip().splitlines() for word in line.split("|"))

# Headings that also occur inside articles: they count only next to surer signs.
_WEAK = """
news reports world politics opinion business sport sports culture home menu search close dismiss top print email e-mail
facebook twitter linkedin whatsapp telegram youtube instagram rss x videos video photos gallery blogs podcasts
nachrichten politik startseite suche schließen actualités accueil recherche fermer noticias inicio cerrar buscar
новости главное политика закрыть поиск notizie chiudi notícias fechar أخبار
"""
_WEAK_HEADINGS = frozenset(_WEAK.split())

_INLINE = (
    r"read more(?: on\b| about\b|\s*[:>»…])",
    r"(?:also|next|must) read\s*[:>»]|read (?:also|next|this|on)\s*[:>»]|see also\b\s*:",
    r"related(?: \w+){0,2}\s*:|watch(?: now)?:|listen:",
    r"more on this (?:story|topic)|story continues below|article continues (?:below|after)",
    r"scroll (?:down )?to continue",
    r"lesen sie (?:auch|mehr|hier|dazu|weiter)\b.{0,3}:|lesen sie auch\b|mehr (?:dazu|zum thema)\b\s*:",
    r"mehr zum thema\b",
    r"(?:à )?lire (?:aussi|également)\b\s*[:>»]|lire la suite",
    r"(?:lea|lee|leer) (?:también|más)\b\s*[:>»]|leggi (?:anche|di più)\b\s*[:>»]|leia (?:também|mais)\b\s*[:>»]",
    r"lees (?:ook|meer)\b\s*[:>»]|czytaj (?:także|też|więcej)\b\s*[:>»]|läs (?:också|mer|även)\b\s*[:>»]",
    r"чита(?:йте|ть) (?:также|далее|ещ[её]|больше)\b\s*[:>»]|смотрите также\s*:|по теме\s*:|чита(?:йте|ть) також\s*:",
    r"[اإ]قرأ (?:أيض|المزيد)",
)
_SITE = (
    r"follow (?:us|@\w+|\w+ \w*) ?on (?:facebook|twitter|x|instagram|telegram|youtube|linkedin|tiktok|feedly)\b",
    r"(?:like|find|visit) us on\b|follow us\b|share this\b|share (?:on|via) \w+|tap here|click here",
    r"skip to (?:main )?content",
    r"sign up (?:for|to|now|here|today|with)\b|subscribe (?:to|now|for|today|here|and)\b",
    r"register (?:now|for free|to read)\b",
    r"download (?:our|the) .{0,30}\bapp\b",
    r"join (?:our|us on|the) .{0,30}(?:newsletter|channel|whatsapp|telegram|group)\b",
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? .{0,12}cookies|by continuing to (?:use|browse)",
    r"accept (?:all )?cookies",
    r"reject all\b|manage (?:cookie|consent)|copyright\s*(?:©|\(c\)|\d{4})|©|\(c\)\s*\d{4}",
    r".{0,60}\ball rights reserved\b",
    r"support (?:our|independent) journalism|become a (?:member|subscriber|supporter)",
    r"already a (?:subscriber|member)",
    r"tags?\s*:|topics\s*:|filed under\b|posted in\b|categor(?:y|ies)\s*:",
    r"get (?:the|our) .{0,40}\b(?:newsletter|app|inbox)\b",
    r"\d+ (?:comments?|shares?)$|\d+[ -]min(?:ute)?s? read$|open in app\b|advertisement\b|your email address",
    r"enter your e-?mail",
    r"abonnieren sie\b|folgen sie (?:uns|\w+ (?:auf|bei))\b|wir verwenden cookies",
    r"diese (?:web)?(?:seite|site) (?:ver|be)\w+ cookies",
    r"(?:melden sie sich|jetzt) .{0,40}newsletter|alle rechte vorbehalten|\d+ kommentare?$|schlagw[oö]rter?\s*:",
    r"teilen auf\b",
    r"abonnez-vous|inscrivez-vous|suivez[- ]nous|nous utilisons des cookies|tous droits réservés|partager sur\b",
    r"\d+ commentaires?$",
    r"suscr[ií]b[ea]\w*|s[ií]gue?nos\b|síganos\b|utilizamos cookies|usamos cookies",
    r"todos los derechos reservados|compartir en\b",
    r"iscriviti\b|seguici\b|abbonati\b|utilizziamo i cookie|tutti i diritti riservati|riproduzione riservata",
    r"assine\b|siga-nos\b|inscreva-se\b|todos os direitos reservados|подпис(?:ывайтесь|аться|ись)\b",
    r"подпишитесь\b|поделиться\b",
    r"мы используем (?:файлы )?cookie|все права защищены|следите за нами|підпис(?:уйтесь|атися)\b",
    r"تابعنا|تابعونا|اشترك|جميع الحقوق محفوظة|责任编辑|版权所有|abonneer je|volg ons op|wij gebruiken cookies",
)
_CASED_SITE = re.compile(
    r"(?:Read|Open|Continue) (?:it )?(?:in|on|at) (?:the )?[A-Z]|Get [A-Z]\w+ (?:Pro|Premium|Plus|Alerts)\b"
    r"|More (?:from|by|stories|news) [A-Z]"
)
_CASED_WORDS = 6
# For lines in small letters: with IGNORECASE the alternatives are tried one by one, five times as slowly.
_INLINE_RE = re.compile("|".join(_INLINE))
_SITE_RE = re.compile("|".join(_SITE))

_UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)"
_TIME_RE = re.compile(
    rf"(?:(?:updated|published|posted)[: ]+)?(?:\d{{1,3}}|an?)\s*{_UNIT} ago|just now|yesterday"
    r"|vor \w{1,6} (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)"
    r"|il y a \w{1,4} (?:secondes?|minutes?|min|heures?|h|jours?|semaines?|mois|ans?)"
    r"|hace \w{1,4} (?:segundos?|minutos?|min|horas?|h|días?|semanas?|mes(?:es)?|años?)"
    r"|há \w{1,4} (?:minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?|anos?)"
    r"|\w{1,4} (?:minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]) fa"
    r"|\d{1,3} (?:мин\w*|час\w*|ч|дн\w*|день|недел\w*|месяц\w*) назад|منذ .{1,12}|\d{1,3}(?:分钟|小时|天)前",
)

_LONGEST_HEADING = 45
_LONGEST_LINE = 220
_LONGEST_TIME = 32
_FRINGE = " :;…»>›→↓▼–—-•*|#.!?\t\u00a0"


def cue_of(line: str) -> Cue:
    """Return what kind of cue the line is; a line of more than some 220 code points is none."""
    if len(line) > _LONGEST_LINE:
        return ""
    small = line.lower()
    if len(line) <= _LONGEST_HEADING and small.strip(_FRINGE).replace("’", "'") in HEADINGS:
        return "heading"
    if len(line) <= _LONGEST_TIME and _TIME_RE.fullmatch(small):
        return "time"
    small = small.lstrip(_FRINGE)
    if _INLINE_RE.match(small):
        return "inline"
    return "site" if _SITE_RE.match(small) or _is_titled_site(line.lstrip(_FRINGE)) else ""


def _is_titled_site(line: str) -> bool:
    """Return whether it is a short line such as "Read in the Riverton Post" or "More from Jane Doe"."""
    few = len(line) <= _LONGEST_HEADING and len(line.split()) <= _CASED_WORDS
    return few and line[-1:] not in ".!?" and bool(_CASED_SITE.match(line))


def is_weak_heading(line: str) -> bool:
    """Return whether the line is a word such as "News" that names a section of a page or, elsewhere, of an article."""
    return len(line) <= _LONGEST_HEADING and line.lower().strip(_FRINGE) in _WEAK_HEADINGS
