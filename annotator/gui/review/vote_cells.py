"""What stands in the cells of the table of votes: everybody's answer to each question, and the adjudicated one."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem

from annotator.gui.review.wording import words_of
from annotator.gui.widgets.tip import plain_tip
from annotator.i18n import _
from annotator.model.records import Evidence
from annotator.model.review.clusters import Said, Vote
from annotator.model.review.outcomes import Draft
from annotator.model.review.questions import QUESTIONS, Question
from annotator.model.status import Status
from annotator.services.review_cards import Card

STATUS: Final = Qt.ItemDataRole.UserRole
ADJUDICATED: Final = Qt.ItemDataRole.UserRole + 1
DIFFERS: Final = Qt.ItemDataRole.UserRole + 2


def questions_of(card: Card | None) -> tuple[Question, ...]:
    """Return the questions of a card: what kind of claim it is only where somebody says so."""
    drafts = card.decided.outcome if card is not None and card.decided is not None else ()
    labelled = card is not None and any(one.label for one in (*card.votes, *drafts))
    return tuple(one for one in QUESTIONS if one != "label" or labelled)


def title_of(number: int, name: str) -> str:
    """Return what an annotator is called in the table: with the digit that adopts them, where there is one."""
    return f"{number}  {name}" if number <= 9 else name  # noqa: PLR2004 - the digits there are


def _cell(text: str, status: Status | None = None) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    cell.setToolTip(plain_tip(text) if text else "")
    if status is not None:
        cell.setData(STATUS, status)
    return cell


def vote_cell(name: str, own: list[Vote], card: Card, styles: Mapping[str, Status]) -> QTableWidgetItem:
    """Return what one annotator's marks say to a question."""
    if name == "claim":
        missed = card.decided is not None and bool(card.decided.outcome)
        return _cell(_("yes") if own else _("missed") if missed else _("not marked"))
    if not own:
        return _cell("–")
    if name == "note":
        notes = [card.held[vote.mention_id].mention.note for vote in own]
        return _cell("; ".join(one for one in notes if one) or "–")
    cell = _answer_cell(name, [(v.spans, v.status, v.speaker, v.label, v.said) for v in own], card, styles)
    if name == "evidence":
        _tell_words(cell, [one for vote in own for one in card.held[vote.mention_id].evidence])
    return cell


def outcome_cell(name: str, drafts: list[Draft] | None, card: Card, styles: Mapping[str, Status]) -> QTableWidgetItem:
    """Return what was decided about a question; nothing where nothing is yet."""
    if drafts is None:
        return _cell(_("to decide") if name == "claim" else "")
    if name == "claim":
        return _cell(_("yes") if drafts else _("no claim"))
    if not drafts:
        return _cell("–")
    if name == "note":
        made = card.decided.mentions if card.decided else ()
        return _cell("; ".join(one.note for one in made if one.note) or "–")
    return _answer_cell(name, [(d.spans, d.status, d.speaker, d.label, d.said) for d in drafts], card, styles)


_Answer = tuple[tuple[tuple[int, int], ...], str, str, str, Said]


def _answer_cell(name: str, answers: list[_Answer], card: Card, styles: Mapping[str, Status]) -> QTableWidgetItem:
    if name == "boundaries":
        return _cell(" | ".join(_short(words_of(card, spans)) for spans, *_more in answers))
    if name == "status":
        keys = list(dict.fromkeys(status for _spans, status, *_more in answers))
        names = [_(styles[key].name) if key in styles else key or _("no status") for key in keys]
        return _cell(" | ".join(names), styles.get(keys[0]) if len(keys) == 1 else None)
    if name == "speaker":
        who = list(dict.fromkeys(card.speakers.get(speaker, "") or _("nobody") for _a, _b, speaker, *_more in answers))
        return _cell(" | ".join(who))
    if name == "label":
        return _cell(" | ".join(dict.fromkeys(label or _("none") for *_more, label, _said in answers)))
    said = list(dict.fromkeys(_said_text(said, card) for *_more, said in answers))
    return _cell(" | ".join(said))


def _said_text(said: Said, card: Card) -> str:
    names = {"supports": _("supports"), "refutes": _("refutes"), "context": _("context")}
    told = [f"{card.sources.get(source, '')} {names.get(stance, stance)}" for source, stance in sorted(said)]
    return ", ".join(told) or _("none")


def _tell_words(cell: QTableWidgetItem, evidence: Iterable[Evidence]) -> None:
    """Add the words and places of sources to a cell's tip."""
    quotes = [
        " · ".join(part for part in (f"“{one.quote}”" if one.quote else "", one.locator, one.note) if part)
        for one in evidence
    ]
    told = [cell.text(), *(one for one in quotes if one)]
    cell.setToolTip(plain_tip("\n".join(told)))


def _short(words: str, most: int = 44) -> str:
    """Return words that begin and end as they do: where boundaries differ it is there."""
    if len(words) <= most:
        return words
    half = most // 2 - 1
    return f"{words[:half].rstrip()} … {words[-half:].lstrip()}"
