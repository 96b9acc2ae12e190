"""What the keys of the review do: its page is made when it is first wanted, and does it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from annotator.gui.action_rows.review import DIGITS

if TYPE_CHECKING:
    from annotator.gui.review.page import ReviewPage
    from annotator.gui.window import MainWindow

Does = Callable[["ReviewPage"], object]

_DOES: Final[dict[str, Does]] = {
    "intersection": lambda page: page.judge.intersect(),
    "union": lambda page: page.judge.unite(),
    "selection": lambda page: page.judge.take_selection(),
    "end_right": lambda page: page.judge.move(end=1),
    "end_left": lambda page: page.judge.move(end=-1),
    "start_right": lambda page: page.judge.move(start=1),
    "start_left": lambda page: page.judge.move(start=-1),
    "edit": lambda page: page.asking.edit(),
    "reject": lambda page: page.asking.reject(),
    "why": lambda page: page.asking.explain(),
    "ask": lambda page: page.asking.ask(),
    "unanimous": lambda page: page.asking.accept_unanimous(),
    "missed": lambda page: page.asking.missed(),
    "names": lambda page: page.toggle_names(),
    "next": lambda page: page.go_on(),
    "down": lambda page: page.step(1),
    "up": lambda page: page.step(-1),
    "adopt.chosen": lambda page: page.judge.adopt_chosen(),
    "answer.chosen": lambda page: page.judge.answer_chosen(),
    "person_next": lambda page: page.card.votes.step_person(1),
    "person_previous": lambda page: page.card.votes.step_person(-1),
    "question_next": lambda page: page.card.votes.step(1),
    "question_previous": lambda page: page.card.votes.step(-1),
    "open": lambda page: page.open_article(),
}


def handlers(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """Return the handler of every row of the Review menu."""

    def later(does: Does) -> Callable[[], object]:
        return lambda: does(cast("ReviewPage", window.modes.page("review")))

    does = dict(_DOES)
    does |= {f"adopt.{digit}": lambda page, place=digit - 1: page.judge.adopt(place) for digit in DIGITS}
    does |= {f"answer.{digit}": lambda page, place=digit - 1: page.judge.answer(place) for digit in DIGITS}
    return {f"review.{name}": later(one) for name, one in does.items()}
