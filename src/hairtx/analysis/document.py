"""The format-free report that every renderer draws: blocks, and perhaps a table of cells with worded items.

A renderer gets everything it shows from here and never looks into the model. ``data`` beside the words holds the
same content for programs; :func:`plain` turns it into numbers, lists and mappings when a format asks for it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, to_builtins

from hairtx.catalogue.quantity import Quantity

if TYPE_CHECKING:
    # Few reports have either.
    from hairtx.analysis.calendar import Calendar
    from hairtx.analysis.drawing import EffectsPlot, Timeline

__all__ = [
    "NOT_REPORTED",
    "Badge",
    "Block",
    "Cell",
    "Column",
    "Count",
    "Field",
    "Gauge",
    "Grid",
    "Handout",
    "Item",
    "Reference",
    "Report",
    "Row",
    "Section",
    "plain",
]

#: Said wherever a value is absent. Absence is information, so it is always said.
NOT_REPORTED = "not reported"


#: Words that a renderer may mark with a shape beside them: the verdict on a claim, what a caution asks for.
Badge = Literal[
    "supported", "partly-supported", "not-established", "contradicted", "avoid", "ask-specialist", "take-care"
]


class Gauge(Struct, frozen=True):
    """A position on an ordered scale that renderers may draw beside its words: ``level`` of ``steps``."""

    scale: Literal["certainty", "invasiveness"]
    level: int
    steps: int


class Count(Struct, frozen=True):
    """How many of 100 people, for a renderer that draws them; from ``lower`` to ``upper`` where sources differ."""

    label: str
    lower: float
    upper: float


class Item(Struct, frozen=True):
    """One worded statement: a lead such as “Maintenance”, the text, and the numbers of its references.

    A lead that names an entry may come with the entry's ``id`` in place of a text, for readers who will type it.
    """

    text: str
    lead: str = ""
    refs: tuple[int, ...] = ()
    gauge: Gauge | None = None
    #: References that belong to the lead, such as who says what is claimed.
    lead_refs: tuple[int, ...] = ()
    badge: Badge | None = None
    id: str = ""
    #: The counts that the text tells, in its order.
    people: tuple[Count, ...] = ()

    @property
    def joint(self) -> str:
        """What stands between lead and text: nothing where the text goes on in the lead's own sentence."""
        return ":" if self.text and not self.lead.endswith(" if") else ""


class Cell(Struct, frozen=True):
    """What one treatment has in one row. Without items it reads “not reported”."""

    items: tuple[Item, ...] = ()
    data: Any = None


class Row(Struct, frozen=True):
    """One attribute across all columns."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    #: Short enough to share a paragraph with the row before, where there is little room.
    joins: bool = False


class Section(Struct, frozen=True):
    """Rows that belong together."""

    key: str
    title: str
    rows: tuple[Row, ...]


class Column(Struct, frozen=True):
    """One treatment."""

    key: str
    heading: str
    name: str
    #: “from clinic.yaml, not built in”; empty for a built-in treatment.
    origin: str = ""
    origin_data: Any = None
    #: What it is, in a few words behind the heading.
    what: str = ""


class Reference(Struct, frozen=True):
    """One numbered item of the bibliography; absent parts are empty."""

    number: int
    key: str
    kind: str
    title: str
    authors: str
    publication: str
    year: str
    link: str
    link_text: str
    read: str
    note: str
    data: Any
    #: As for a column.
    origin: str = ""
    #: “Kaufman 2008”.
    short: str = ""

    @property
    def about(self) -> str:
        """What kind of source it is, how much of it was read, what to mind, and where it was added."""
        return "; ".join(filter(None, (self.kind, self.read, self.note.rstrip("."), self.origin)))


class Field(Struct, frozen=True):
    """A column of a grid. ``width`` is what it needs at least; ``weight`` its share of what is left."""

    key: str
    label: str
    width: int
    weight: int = 0
    #: What the ids of its items are called; empty where they have none.
    id_label: str = ""

    @property
    def heading(self) -> str:
        """The label of a column that shows ids."""
        return f"{self.label} ({self.id_label})" if self.id_label else self.label


class Grid(Struct, frozen=True):
    """Rows of cells under named columns; the first column names the row."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: An id for each row, for programs.
    keys: tuple[str, ...]
    #: Shown entry by entry however wide the page is: for addresses, which must not be broken.
    stacked: bool = False


class Block(Struct, frozen=True):
    """A part of a report: a heading, worded items, and perhaps a grid."""

    key: str
    title: str
    items: tuple[Item, ...] = ()
    grid: Grid | None = None
    #: The grid in one line an entry, for reading in a terminal.
    short: Grid | None = None
    gauge: Gauge | None = None
    #: A picture of what the grid says. A renderer that can draw shows it and may leave the grid out.
    drawing: Timeline | EffectsPlot | None = None


class Handout(Struct, frozen=True, kw_only=True):
    """What a page for a consultation has beside the table."""

    #: “What matters to me”: rows to mark, with the columns ``matters`` and ``weight``.
    worksheet: Block
    #: What the reader may lean towards, one item a choice.
    leaning: Block
    #: Questions to take along, whatever is chosen.
    asks: Block
    #: What follows the first sheet. What the condition is, and when to see a doctor first.
    condition: tuple[Block, ...] = ()
    #: What is claimed against what is shown, one block a treatment.
    claims: tuple[Block, ...] = ()
    #: Questions to take along, one block a treatment.
    questions: tuple[Block, ...] = ()
    #: Who made the edition, how, and who paid for it.
    about: tuple[Block, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """Whatever there is to show: a comparison, a treatment, a list, claims, sources, a condition."""

    kind: str
    title: str
    #: What is shown for what, and how that was chosen.
    lead: tuple[Item, ...] = ()
    #: What stands before the table, or instead of one.
    blocks: tuple[Block, ...] = ()
    #: The table: one column a treatment, and rows in sections. Without columns there is none.
    columns: tuple[Column, ...] = ()
    #: The short rows that a reader meets first.
    answer: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    #: What the signs beside the words stand for: one item a level of certainty, then perhaps short words as leads.
    scale: tuple[Item, ...] = ()
    references: tuple[Reference, ...] = ()
    #: Whether a terminal names the first of them by who and when alone.
    has_short_references: bool = False
    #: Ways on from here, for readers with a command line.
    onward: tuple[str, ...] = ()
    #: Things a reader must know before relying on this, such as an edition past its date.
    notices: tuple[str, ...] = ()
    edition: str
    disclaimer: str
    #: How much of the edition a second reader has confirmed.
    readings: str = ""
    #: The same content for programs.
    data: dict[str, Any] = {}
    #: Drawings for a page, each with the same in words.
    figures: tuple[Block, ...] = ()
    handout: Handout | None = None
    #: The same content for a calendar, where it has dates.
    calendar: Calendar | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of the table in order."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def untreated(self) -> tuple[Item, ...]:
        """What happens if nothing is done."""
        return tuple(item for block in self.blocks if block.key == "untreated" for item in block.items)


def plain(value: Any) -> Any:
    """Records and quantities as numbers, text, lists and mappings. Absent fields are left out."""
    return to_builtins(value, enc_hook=_plain_quantity)


def _plain_quantity(value: Any) -> Any:
    if not isinstance(value, Quantity):
        return _number(value)
    data: dict[str, Any] = {"lower": _number(value.lower), "upper": _number(value.upper)}
    if value.unit:
        data["unit"] = f"{value.unit}s"
    return {**data, "text": value.text}


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 6)
