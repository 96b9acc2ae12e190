"""What versions of the guidelines are called on screen: by number; by author and date besides where two have it."""

from annotator.gui.dates import local_text
from annotator.i18n import _, ngettext
from annotator.services.guidelines import GuidelineVersion, MadeUnder


def version_name(one: GuidelineVersion) -> str:
    """Return what a version is called within a sentence: its number, and whose it is where the number is not enough."""
    if not one.shared:
        return str(one.guideline.number)
    when = local_text(one.at)
    return _("{number} (by {author}, {date})").format(number=one.guideline.number, author=one.author, date=when)


def made_under_text(made: MadeUnder) -> str:
    """Say that the rules are not those that a mark was made under."""
    now = version_name(made.now)
    if not made.said:
        return _("Marked before there were guidelines; version {now} holds now.").format(now=now)
    line = _("Marked under version {then} of the guidelines; version {now} holds now.")
    return line.format(then=_then(made), now=now)


def _then(made: MadeUnder) -> str:
    if made.then is not None:
        return version_name(made.then)
    number = made.said.partition("-")[0]
    if made.several:
        told = ngettext("one of {n} that are numbered {number}", "one of {n} that are numbered {number}", made.several)
        return told.format(number=number)
    return _("{number}, which is not in this project,").format(number=number)


def list_name(one: GuidelineVersion) -> str:
    """Return what a version is called in a list."""
    words = _("Version {n}").format(n=one.guideline.number)
    return " · ".join(part for part in (words, local_text(one.at), one.author) if part)


def notice_of(one: GuidelineVersion, every: list[GuidelineVersion]) -> str:
    """Say of a version that it does not hold any more, or that another one was written at once; "" for neither."""
    now, number = every[0], one.guideline.number
    same = [other for other in every if other.guideline.number == number and other is not one]
    told: list[str] = []
    if one is not now and number != now.guideline.number:
        told.append(_("An earlier version; version {n} holds now.").format(n=version_name(now)))
    if same:
        others = ", ".join(version_name(other) for other in same)
        told.append(
            _("Written at once with version {others}, in another file: each mark names its own.").format(others=others)
        )
    if same and number == now.guideline.number:
        told.append(
            _("This one holds until somebody writes the next.")
            if one is now
            else _("Version {n} holds until somebody writes the next.").format(n=version_name(now))
        )
    return " ".join(told)
