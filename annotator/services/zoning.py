"""Saying what the blocks of an article are: headline, body, what is not the article at all."""

from annotator.model.ids import VersionId
from annotator.model.records import TextVersion, Zone, zone_id
from annotator.model.rezoning import Piece, rezoned
from annotator.model.zones import ZoneKind
from annotator.store.project import Project


def put_kind(project: Project, version_id: VersionId, start: int, end: int, kind: ZoneKind) -> int:
    """Give the blocks that [start, end) touches (code points) a kind, in one step; return how many they are.

    An empty range means the block it is in. Marks stay where they are: texts are never changed, only zoned.

    Raises KeyError for an unknown version, ValueError for a range outside its text.
    """
    version = project.get(TextVersion, version_id)
    text = project.text(version.text_sha256)
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no range [{start}, {end}) in a text of {len(text)} characters")
    zones = {(zone.start, zone.end): zone for zone in project.zones_of(version_id)}
    pieces = [Piece(zone.zone, zone.start, zone.end) for zone in zones.values()]
    done = rezoned(text, pieces, start, end, kind)
    if done.gone or done.put:
        with project.change("zone.kind") as change:
            for piece in done.gone:
                change.delete(zones[piece.start, piece.end])
            for piece in done.put:
                place = version.article_id, version.text_sha256, piece.start, piece.end
                new = Zone(zone_id(*place), *place[:2], piece.kind, piece.start, piece.end, set_by="person")
                change.put(new)
    return done.blocks


def kinds_at(project: Project, version_id: VersionId, start: int, end: int) -> set[ZoneKind]:
    """Return the kinds of the zones that [start, end) touches; an empty range touches the zone it is in."""
    return {
        zone.zone
        for zone in project.zones_of(version_id)
        if (zone.start <= start <= zone.end if start == end else zone.start < end and start < zone.end)
    }
