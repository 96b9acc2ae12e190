"""What paths may say about whose marks files hold."""

from pathlib import Path

from annotator.services.plain_text import Pasted
from annotator.services.whose_marks import readings_of


def test_what_gives_one_text_to_several_people_is_the_likeliest() -> None:
    folders = readings_of([Path("/x/ada/one.ann"), Path("/x/bo/one.ann")])
    assert folders[0] == ("{annotator}/{name}.*", ("ada", "bo"))
    endings = readings_of([Path("/x/the_one_4e07.ann"), Path("/x/the_one_ef2d.ann"), Path("/x/two_4e07.ann")])
    assert endings[0] == ("{name}_{annotator}.*", ("4e07", "ef2d"))
    names = readings_of([Path("/x/one.txt/ada.tsv"), Path("/x/one.txt/bo.tsv")])
    assert names[0] == ("{name}/{annotator}.*", ("ada", "bo"))


def test_only_what_fits_every_file_is_offered_and_nothing_for_other_files() -> None:
    assert len(readings_of([Path("/x/a_b.ann"), Path("/x/c.ann")])) == 2
    assert readings_of([Path("/x/a_b.txt"), Pasted("note", "Hello")]) == []
