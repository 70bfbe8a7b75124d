"""The text of a starter entry: commented, with blanks, and valid once they are filled in."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, get_args

import msgspec
import yaml

from hairtx.catalogue import model
from hairtx.catalogue.descriptions import DESCRIPTIONS

__all__ = ["example_entry", "starter_entry", "starter_from"]

_HEAD: Final = """\
# yaml-language-server: $schema={schema}
# A catalogue of your own. Fill in the blanks, delete what you do not need, and then:
#   hairtx validate {file}
#   hairtx compare {id} prp --catalogue {file}
# Every statement needs a source that supports that very statement. What is not known is left out, never guessed.
"""

# Lines that begin with "    #|" are optional: delete those two characters to use them.
_ENTRY: Final = """\
treatments:
  - id: {id}
    name:                # the full name
    short_name:          # column heading, at most 24 characters
    aliases: []          # what else people type, in small letters: [tonic, hair tonic]
    kind:                # {kinds}
    setting:             # {settings}
    invasiveness:        # {levels}
    summary:
      text:              # what it is, in one or two short sentences
      sources: [{id}-page]

    #|brief:             # the short answer, which readers meet first: 20 words a text. Delete the #| to use it
    #|  what: {{text: a lotion rubbed into the scalp, sources: [{id}-page]}}
    #|  effect:          # moderate certainty: it probably ..., low: it may ..., very low: it is unclear whether ...
    #|    - {{condition: androgenetic-alopecia, text: No study was found., sources: [{id}-page]}}
    #|  harm: {{text: The seller names none. Nobody has counted., sources: [{id}-page]}}
    #|  serious: {{text: None is on record. How often is not known., sources: [{id}-page]}}
    #|  stopping: {{text: Not studied., sources: [{id}-page]}}

    indications:         # one for each condition it is sold or used for
      - condition: androgenetic-alopecia
        direction: unclear   # {directions}
        certainty: none  # {certainties} (none: no study found)
        rating: our-reading
        basis:           # what that rests on: No study was found.
        sources: [{id}-page]

    # What follows is optional, too. To use a part, delete the #| before its lines. There is more: hairtx schema
    #|downtime:
    #|  daily_activities: {{lasts: 0 days, sources: [{id}-page]}}
    #|  visible_signs: {{lasts: 0-2 days, note: redness, sources: [{id}-page]}}
    #|schedule:
    #|  session_length: {{lasts: 5 minutes, sources: [{id}-page]}}
    #|  phases:          # the last one may leave out 'sessions': it goes on
    #|    - {{name: first course, sessions: 3-4, every: 4 weeks, sources: [{id}-page]}}
    #|    - {{name: maintenance, every: 6-12 months, sources: [{id}-page]}}
    #|results:
    #|  first_signs: 3-4 months
    #|  full_assessment: 6-12 months
    #|  sources: [{id}-page]
    #|side_effects:
    #|  - effect: itching
    #|    frequency: unknown
    #|    people: {{with: 5, without: 2, comparator: placebo, group: men, time: 1 year}}  # of 100
    #|    severity: mild
    #|    sources: [{id}-page]
    #|cautions:
    #|  - {{factor: pregnancy, action: avoid, why: It has not been studied., sources: [{id}-page]}}
    #|costs:
    #|  - {{per: month, amount: 20-30, currency: EUR, region: DE, year: {year}, sources: [{id}-page]}}
    #|claims:
    #|  - claim: What the seller says
    #|    claimed_by: [{id}-page]
    #|    verdict: not-established  # {verdicts}
    #|    why: No study was found.
    #|    sources: [{id}-page]
    #|questions:
    #|  - Which study shows that it works?

    reviewed: {today}    # the day you last looked it all over

sources:
  {id}-page:
    type: promotional    # {types}
    title:               # as it stands on the page
    url:                 # https://..., or delete this line
    read: full-text      # {extents}
"""


def starter_entry(treatment_id: str, *, file: str, schema: str, today: dt.date) -> str:
    """An entry with blanks and explanations.

    Args:
        treatment_id: the new entry's id.
        file: the name of the file that it is for.
        schema: where an editor finds the JSON Schema, as seen from that file.
        today: the day to write under ``reviewed``.
    """
    return (_HEAD + _ENTRY).format(
        id=treatment_id,
        file=file,
        schema=schema,
        today=today.isoformat(),
        year=today.year,
        kinds=" ".join(get_args(model.Kind)),
        settings=" ".join(get_args(model.Setting)),
        directions=" ".join(model.DIRECTIONS),
        levels=" < ".join(model.INVASIVENESS),
        certainties=" ".join(reversed(model.CERTAINTY)),
        verdicts=" ".join(get_args(model.Verdict)),
        types=" ".join(get_args(model.SourceType)),
        extents=" ".join(get_args(model.ReadExtent)),
    )


def example_entry() -> dict[str, Any]:
    """The starter's entry for the id ``x`` with all its optional parts, as plain values with blanks."""
    text = starter_entry("x", file="", schema="", today=dt.date(2000, 1, 1)).replace("    #|", "    ")
    entry: dict[str, Any] = yaml.safe_load(text)["treatments"][0]
    return entry


def starter_from(
    treatment: model.Treatment, treatment_id: str, *, file: str, schema: str, today: dt.date, where: str
) -> str:
    """A copy of an entry under a new id, its names blank, each field explained.

    Args:
        treatment: the entry to begin with.
        treatment_id: the new entry's id.
        file: the name of the file that it is for.
        schema: where an editor finds the JSON Schema.
        today: the day to write under ``reviewed``.
        where: the edition it was copied from, for the reader of the file.
    """
    fields: dict[str, Any] = msgspec.to_builtins(treatment, enc_hook=model.encode_quantity, builtin_types=(dt.date,))
    fields |= {"id": treatment_id, "reviewed": today}
    lines = [
        _HEAD.format(id=treatment_id, file=file, schema=schema).rstrip("\n"),
        f"# Copied from {treatment.id!r} ({where}): everything below is said of that one.",
        "# Change or delete whatever is not true of yours. Its sources are found in the catalogue it comes from.",
        "treatments:",
    ]
    for one in msgspec.structs.fields(model.Treatment):
        name = one.encode_name
        explained = DESCRIPTIONS[f"Treatment.{name}"][0]
        mark = "  - " if name == "id" else "    "
        if name in {"name", "short_name"}:
            lines.append(f"{mark}{name}:  # fill in: {explained}")
        elif name == "aliases":
            lines.append(f"{mark}aliases: []  # {explained}")
        elif name in fields:
            if name not in {"id", "reviewed"}:
                lines.append(f"    # {explained}")
            lines += _block({name: fields[name]}, mark)
    return "\n".join(lines) + "\n"


def _block(value: Any, mark: str) -> list[str]:
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    first, *rest = text.splitlines()
    return [mark + first, *(f"    {line}" for line in rest)]


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, as in our own files."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # as there
        super().increase_indent(flow, False)
