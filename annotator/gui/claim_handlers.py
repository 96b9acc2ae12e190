"""What the actions of the Claim menu do: popups for the active claim, the annotate loop, the mention's shape."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.gui.window import MainWindow


def handlers(window: "MainWindow") -> dict[str, Callable[[], object]]:
    """Return a handler for each action of the Claim menu but the statuses; nothing is made before it is wanted."""
    loop, commands = window.loop, window.commands
    return {
        "claim.speaker": commands.name_speaker,
        "claim.source": commands.link_source,
        "claim.repeat": loop.repeat_link,
        "claim.relate": commands.relate_claim,
        "claim.split": loop.split,
        "claim.again": lambda: loop.own_active() and commands.occurrences.open_for_active(),
        "claim.note": lambda: loop.own_active() and window.inspector.focus_note(),
        "claim.text": lambda: loop.own_active() and window.inspector.focus_claim_text(),
        "claim.accept": loop.accept,
        "claim.dismiss": loop.dismiss,
        "claim.end_right": lambda: loop.shape.move_end(1),
        "claim.end_left": lambda: loop.shape.move_end(-1),
        "claim.start_right": lambda: loop.shape.move_start(1),
        "claim.start_left": lambda: loop.shape.move_start(-1),
        "claim.join": lambda: loop.shape.join_selected(),  # noqa: PLW0108 - not made yet
        "claim.take_off": lambda: loop.shape.take_off_selected(),  # noqa: PLW0108 - not made yet
        "claim.within": lambda: loop.shape.toggle_within(),  # noqa: PLW0108 - not made yet
        "claim.remove": loop.remove,
        "zone.kind": lambda: commands.zone_popup.open_here(),  # noqa: PLW0108 - not made yet
    }
