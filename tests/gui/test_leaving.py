"""A project is left also where its file does not answer any more."""

from tests.gui.desks import Desk


def test_a_project_whose_file_is_gone_from_under_it_is_left_and_that_is_told(desk: Desk) -> None:
    told: list[bool] = []
    desk.hub.project_changed.connect(lambda: told.append(desk.hub.is_open))
    desk.mark("the city")
    # As it is where the disk failed in a change, and again when the file was to be opened anew.
    desk.project._connection.close()  # pyright: ignore[reportPrivateUsage]
    desk.hub.take(None)
    assert told == [False]
    assert [one.what for one in desk.refusals] == ["the disk fails"]
