from __future__ import annotations

import datetime as dt
import re
import sys
from typing import Annotated

import typer

from hairtx.analysis.schedule import Pace
from hairtx.analysis.views.plan import plan
from hairtx.catalogue.names import find, named
from hairtx.cli import options as o
from hairtx.cli.output import chosen_format, emit
from hairtx.cli.words import treatments_in
from hairtx.errors import UsageError

HELP = """Lay out the sessions of one or more treatments by date.

Also when to expect first signs and when to judge. --format ics writes a calendar file: import it into any
calendar program; importing the same plan again replaces it. Use at home is a repeating event. With --for-person, the
plans of two people who start on one day stay apart.

\b
Examples:
  hairtx plan prp --start 2027-01-31
  hairtx plan prp topical-minoxidil --start 2027-01-31 --months 18 --pace slowest
  hairtx plan mesotherapy --start 2027-03-01 --at 09:30 --timezone Europe/Berlin -o plan.ics
  hairtx plan microneedling --start 2027-03-01 --format csv
"""


def command(
    names: o.SomeNames,
    start: Annotated[str, typer.Option(metavar="DATE", help="Day of the first sessions, like 2027-01-31.")],
    months: Annotated[int, typer.Option(metavar="N", help="How many months to lay out.")] = 12,
    pace: Annotated[
        Pace, typer.Option(help="The middle of what is reported, or its fastest or slowest course.")
    ] = "typical",
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Time of day of the sessions, like 09:30.", show_default=False)
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="Time zone of --at, like Europe/Berlin.",
            autocompletion=o.complete_timezone,
            show_default=False,
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--for-person",
            metavar="LABEL",
            help="Whose plan it is, so that those of two people stay apart in one calendar.",
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[str | None, o.format_option("plan")] = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    if timezone is not None and at is None:
        raise UsageError("--timezone says where --at is; give --at too, like --at 09:30")
    loaded = o.load_catalogue(catalogue, only=only)
    report = plan(
        loaded,
        treatments_in(loaded, names, "plan"),
        start=_date(start),
        months=months,
        pace=pace,
        at=_time(at) if at is not None else None,
        timezone=_zone(timezone) if timezone is not None else None,
        person=person,
        today=dt.date.today(),
    )
    format_name = format_name or chosen_format(None, output, kind=report.kind)
    emit(report, format_name=format_name, output=output)
    if format_name == "ics" and report.calendar is not None and sys.stderr is not None:
        # The other formats hold them; of a calendar file nobody reads the text.
        for note in report.calendar.notes:
            sys.stderr.write(f"hairtx: note: {note}\n")


def _date(written: str) -> dt.date:
    # fromisoformat alone would take days like 20270131 and 2027-W04-7 too.
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written.strip(), re.ASCII):
        raise UsageError(f"{written!r} is not a date; write it like 2027-01-31 (year-month-day)")
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        raise UsageError(f"there is no day {written.strip()} in the calendar; check --start") from None


def _time(written: str) -> dt.time:
    # Not fromisoformat: it refuses 9:30, and takes seconds and offsets.
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", written.strip(), re.ASCII)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise UsageError(f"{written!r} is not a time of day; write it like 09:30 (00:00 to 23:59)")
    return dt.time(int(match[1]), int(match[2]))


def _zone(written: str) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        return ZoneInfo(written).key
    except (KeyError, ValueError, OSError):
        known = named((one, [one]) for one in available_timezones())
        return find(written, known, "time zone", "Names are like Europe/Berlin or America/New_York.")
