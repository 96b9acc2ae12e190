"""Writing a report: first a look through everything, then the front, then one article after the other."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from annotator import assets, i18n
from annotator.formats.bundle import Bundle
from annotator.formats.frame import Frame
from annotator.formats.report.page import page_of
from annotator.formats.report.styling import icons, style_sheet
from annotator.formats.report.survey import REJECTED, Survey
from annotator.formats.report.text import sayable
from annotator.formats.report.words import Looks, instant
from annotator.i18n import _, ngettext
from annotator.model.moments import now
from annotator.model.status import SCHEMES

if TYPE_CHECKING:
    from jinja2 import Environment

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi"})


def encode(bundles: Iterable[Bundle]) -> Iterator[bytes]:
    """Yield a report of article versions of which nothing more is known, as `encode_framed` does."""
    return encode_framed(tuple(bundles), Frame("", SCHEMES["default"], now()))


def encode_framed(bundles: Iterable[Bundle], frame: Frame) -> Iterator[bytes]:
    """Yield a report in pieces; the same project at the same moment gives the same bytes.

    The bundles are walked twice, and yield the same both times but for links (`services.gathering`).
    """
    looks = Looks(frame.scheme)
    survey = Survey(frame, looks)
    for bundle in bundles:
        survey.look_at(bundle)
        yield b""
    environment = _environment()
    yield (
        environment.get_template("front.html")
        .render(
            frame=frame,
            survey=survey,
            looks=looks,
            statuses=[(looks[one], survey.by_status[one]) for one in _legend(survey, looks)],
            rejected=survey.by_status[REJECTED],
            people=sorted(one for one in survey.people.values() if one),
            made=instant(frame.made_at),
            style=style_sheet(),
            icons=icons(),
            language=i18n.language(),
            direction="rtl" if i18n.language().partition("_")[0] in _RIGHT_TO_LEFT else "ltr",
        )
        .encode()
    )
    article = environment.get_template("article.html")
    for bundle in bundles:
        yield article.render(page=page_of(bundle, survey, looks, frame.made_at)).encode()
    yield environment.get_template("end.html").render().encode()


def _legend(survey: Survey, looks: Looks) -> list[str]:
    """Return the statuses to explain: the scheme's, and whatever else is counted."""
    scheme = looks.keys()
    return scheme + [one for one in survey.in_order(survey.by_status) if one not in scheme and one != REJECTED]


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - the window starts without it
    from markupsafe import Markup, escape  # noqa: PLC0415 - as above

    def finalised(value: object) -> object:
        """Let nothing through that hides, turns its surroundings, or that a page must not hold."""
        return value if isinstance(value, Markup) or not isinstance(value, str) else sayable(value)

    environment = Environment(
        autoescape=True,
        finalize=finalised,
        loader=FunctionLoader(lambda name: assets.text("report", name)),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    texts: dict[str, Any] = {"_": _, "ngettext": ngettext}
    environment.globals.update(texts)
    # The article's own characters stay what they are: `text.pieces_of` has looked at each.
    environment.filters["exactly"] = escape

    def filled(pattern: str, **values: Markup) -> Markup:
        """Return a text with marked-up values in the places of its names."""
        return escape(pattern).format(**values)

    environment.filters["filled"] = filled
    return environment
