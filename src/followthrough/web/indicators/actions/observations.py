"""Enter one value of a series as its source printed it; what another source says of the period stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.measure.series import parse_value
from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.actions.sources import get_or_create_source
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.indicators.models import Observation
from followthrough.web.indicators.policy import visible_observations, visible_series
from followthrough.web.kit.errors import InvalidEntry, PossibleDuplicate
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create
from followthrough.web.links.policy import require_in_all

CELLS = ("area", "period", "value")
"""The columns that somebody writes, beside the series and the source."""


@dataclass(frozen=True, slots=True)
class ObservationEntry:
    """A value as somebody wrote it: cells of the tables ``observations`` and ``sources``, by their column."""

    series: str
    cells: Mapping[str, str]
    source: Mapping[str, str]
    anyway: bool = False


def enter_observation(entry: ObservationEntry, *, by: Actor) -> Observation:
    """Enter a value of a series that the register has, with its source.

    Raises ``NotAllowed`` unless ``by`` enters evidence in every agreement that the series is linked to;
    ``InvalidEntry`` for cells that the importer would refuse too; ``PossibleDuplicate`` where the same source gave the
    same period a value already, unless ``entry.anyway``.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    source = read_cells("sources", entry.source, problems)
    cells = read_cells("observations", {name: entry.cells.get(name, "") for name in CELLS}, problems)
    series = visible_series(by).filter(pk=entry.series).first()
    if series is None:
        problems["observations.series"] = _("the register holds no series %(series)s") % {"series": entry.series}
    if cells.get("value") and not _is_number(str(cells["value"])):
        problems["observations.value"] = _("“%(value)s” is no number; write 68.5, or <2.5 for less than that") % cells
    if problems or series is None:
        raise InvalidEntry(problems)
    require_in_all(by, Permission.ENTER, "series", series.pk)
    with transaction.atomic():
        same = visible_observations(by).filter(series=series, area=cells["area"], period=cells["period"])
        if not entry.anyway and (twin := same.filter(source__url=source["url"]).first()):
            raise PossibleDuplicate([_("the same source gave %(value)s for this period") % {"value": twin.value}])
        its = get_or_create_source(source, by=by)
        base = f"{series.pk}/{cells['area']}/{cells['period']}"
        today = timezone.localdate().isoformat()
        made = create(Observation, base, **cells, series=series, source=its, recorded=today)
        record(name_of(by), EventType.OBSERVATION_ADDED, "observation", made.pk, {"source": its.pk})
    return made


def _is_number(text: str) -> bool:
    """Say whether a printed value is a number, or a bound of one; a word for a missing value is none."""
    try:
        return parse_value(text) is not None
    except ValueError:
        return False
