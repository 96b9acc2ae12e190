"""What can be told of each block by itself: sentence or not, which cue, caption, correction."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from annotator.intake.blocks import Block
from annotator.intake.cues import Cue, cue_of, is_weak_heading

_ENDS = frozenset(".!?…。！？؟।۔")
_CLOSERS = "\"'”’»“›)]}」』）"
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")

_SHORTEST_SENTENCE = 40
_SHORTEST_IDEOGRAPHIC = 15
_SURELY_PROSE = 250
_LOOK_AT = 400  # code points of a block that its kind is told from
_LONGEST_CAPTION = 400
_LONGEST_NOTE = 900
_SHORTEST_REPEATED = 20
_LONGEST_REPEATED = 200

_CAPTION = re.compile(
    r"(?:(?:file |stock )?(?:photo(?:graph)?s?|image|picture|video)(?: credit)?|caption|photo(?:graph)? by|foto"
    r"|bild|symbolbild|archivbild"
    r"|crédits?(?: photo)?|légende|imagen|imagem|immagine|fotografía|zdjęcie|фото|на фото|иллюстрация|صورة"
    r"|الصورة|写真|图片)\s*"
    r"(?::|/|©|\bby\s|\bvon\s|\()",
)
_CREDIT_AT_END = re.compile(
    r"(?:\((?:[\w .-]{0,20}\b)?(?:photo|image|picture|foto|bild|фото)\b[^()]{0,80}\)|(?:via )?getty images"
    r"|\b(?:reuters|afp|ap photo|epa|dpa)\s?/[^/.]{2,40}"
    r"|/\s?(?:afp|reuters|getty|epa|dpa))[).]?$",
)
_CORRECTION = re.compile(
    r"\W{0,3}(?:(?:correction|clarification|editor[’']?s[’']? note|update|korrektur|berichtigung"
    r"|richtigstellung|anmerkung der redaktion|rectificatif"
    r"|correctif|mise à jour|corrección|fe de errores|rectificación|correzione|rettifica|errata(?: corrige)?"
    r"|correção|nota da redação"
    r"|исправление|поправка|уточнение|от редакции|تصحيح|تنويه|更正)\s*(?:\([^)]{0,40}\)|[,\w. ]{0,30})?\s?[:：—–]"
    r"|this (?:article|story|post|report|piece|headline) (?:was|has been|is being) (?:\w+ )?(?:corrected"
    r"|amended|updated|revised|edited)"
    r"|(?:an?|the) (?:earlier|previous|original) version of (?:this|the)\b|(?:dieser|der) (?:artikel|text"
    r"|beitrag) wurde\b.{0,60}(?:korrigiert|aktualisiert|geändert)"
    r"|in einer (?:früheren|ersten) (?:version|fassung)|cet article a été (?:corrigé|modifié|mis à jour)"
    r"|une (?:première|précédente) version de cet"
    r"|este artículo (?:fue|ha sido) (?:corregido|actualizado|modificado)|una versión anterior de est"
    r"|este (?:artigo|texto) foi (?:corrigido|atualizado)"
    r"|questo articolo è stato (?:corretto|aggiornato|modificato)|(?:статья|текст|материал|заметка) (?:был[аo]?"
    r"|) ?(?:исправлен|обновлен|дополнен)"
    r"|в (?:первоначальной|предыдущей|ранней) версии)",
)


class Line(NamedTuple):
    """A block and what is told of it alone."""

    block: Block
    cue: Cue
    sentence: bool
    """Whether it ends as a sentence does and has the length of one, or is longer than headlines are."""
    repeated: bool
    """Whether the same short words stand in the text more than once, as links do."""
    weak: bool
    """Whether it is a word that names a section, such as "News"."""


def look_at(text: str, blocks: Sequence[Block]) -> list[Line]:
    """Return what is told of each block by itself."""
    keys = [_key(text, block) for block in blocks]
    times = Counter(key for key in keys if key)
    return [_line(text, block, repeated=times[key] > 1) for block, key in zip(blocks, keys, strict=True)]


def is_caption(text: str, block: Block) -> bool:
    """Return whether the block says what a picture shows or who took it."""
    if block.length > _LONGEST_CAPTION:
        return False
    words = text[block.start : block.end].lower()
    if _CAPTION.match(words):
        return True
    credited = "/" in words or words.endswith((")", ").")) or "getty" in words
    return credited and bool(_CREDIT_AT_END.search(words, max(0, len(words) - 100)))


def is_correction(text: str, block: Block) -> bool:
    """Return whether the block says what was changed in the article after it was published."""
    return block.length <= _LONGEST_NOTE and bool(
        _CORRECTION.match(text[block.start : min(block.end, block.start + _LOOK_AT)].lower())
    )


def _line(text: str, block: Block, *, repeated: bool) -> Line:
    if block.length > _SURELY_PROSE:
        return Line(block, "", sentence=True, repeated=False, weak=False)
    words = text[block.start : block.end]
    return Line(block, cue_of(words), _is_sentence(words), repeated, is_weak_heading(words))


def _is_sentence(words: str) -> bool:
    if len(words) < _SHORTEST_IDEOGRAPHIC or words.rstrip(_CLOSERS)[-1:] not in _ENDS:
        return False
    return len(words) >= _SHORTEST_SENTENCE or bool(_IDEOGRAPH.search(words))


def _key(text: str, block: Block) -> str:
    if not _SHORTEST_REPEATED <= block.length <= _LONGEST_REPEATED:
        return ""
    return text[block.start : block.end].lower().lstrip("0123456789.) •-–*")
