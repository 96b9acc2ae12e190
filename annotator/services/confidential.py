"""What a dataset says of confidential sources: that there is one and how it speaks to a claim, no more."""

from msgspec.structs import replace

from annotator.formats.bundle import CONFIDENTIAL, Bundle
from annotator.i18n import ngettext
from annotator.model.records import Evidence, Source


class Silence:
    """Takes out of bundles what names confidential sources, and remembers which those were."""

    def __init__(self) -> None:
        self._sources: set[str] = set()

    def keep(self, bundle: Bundle) -> None:
        """Take out of a bundle the sources' own words, quotes from them, places in them, remarks on them, links."""
        secret = {one.id for one in bundle.sources if one.confidential}
        if not secret:
            return
        self._sources |= secret
        evidence: set[str] = {one.id for one in bundle.evidence if one.source_id in secret}
        about = secret | evidence
        bundle.sources = tuple([_bare(one) if one.id in secret else one for one in bundle.sources])
        bundle.evidence = tuple([_silent(one) if one.id in evidence else one for one in bundle.evidence])
        bundle.reviews = tuple([replace(one, note="") if one.target in about else one for one in bundle.reviews])
        gone = {one.id for one in bundle.comments if one.target in about}
        bundle.comments = tuple([one for one in bundle.comments if one.id not in gone and one.reply_to not in gone])
        bundle.links = tuple([one for one in bundle.links if not {one.a, one.b} & about])

    def told(self) -> tuple[str, ...]:
        """Say how many sources are written without what names them."""
        n = len(self._sources)
        one = "{n} confidential source is written without what names it, and what is quoted from it is left out."
        many = "{n} confidential sources are written without what names them, and what is quoted from them is left out."
        return (ngettext(one, many, n),) if n else ()


def _bare(source: Source) -> Source:
    return Source(source.id, title=CONFIDENTIAL, medium=source.medium, primary=source.primary, confidential=True)


def _silent(evidence: Evidence) -> Evidence:
    return replace(evidence, quote="", locator="", spans=(), note="")
