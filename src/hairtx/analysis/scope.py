"""What the cells of a comparison are made for: how deep it goes, for which condition and sex, with whose prices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Badge, Gauge, Item
from hairtx.analysis.framing import concerns
from hairtx.catalogue.model import Caution, Sex, Sourced, Statement, Treatment
from hairtx.catalogue.store import Catalogue

__all__ = ["LEVELS", "LEVEL_OF", "Level", "Scope", "View"]

#: What is shown: the short answer; under it the table; on a page for a consultation without hints for a command line,
#: or its first sheet alone; on a site with a row for every condition. The full ones leave nothing out.
View = Literal["answer", "one-page", "table", "site", "page", "full", "full-page"]
#: How far down a row stands, from what a person needs first. Rows of the answer alone are in no table.
Level = Literal["answer", "table", "site", "full"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
LEVEL_OF: Final[dict[View, Level]] = {
    "answer": "answer",
    "one-page": "answer",
    "table": "table",
    "page": "table",
    "site": "site",
    "full": "full",
    "full-page": "full",
}


class Scope(Struct, frozen=True, kw_only=True):
    """What the cells are made for."""

    catalogue: Catalogue
    citations: Citations
    #: The condition compared for; None where the treatments share none or all are of interest.
    condition: str | None
    #: Whether the reader asked for that condition: nothing is said of others then.
    is_asked: bool = False
    #: Ids of all treatments in the report.
    together: tuple[str, ...]
    view: View
    sex: Sex = "any"
    #: Whether these are all treatments, of which readers choose a few: rows are the same for each condition.
    is_chosen_from: bool = False
    #: Months that the commitment is counted over.
    horizon: int = 12
    #: Whose prices the commitment is counted with; the first with a price if None.
    region: str | None = None
    #: Whose prices the answer counts with where none is asked for: one region for all columns.
    common_region: str | None = None

    @property
    def full(self) -> bool:
        """Everything, or what a person needs first."""
        return LEVEL_OF[self.view] == "full"

    @property
    def is_crowded(self) -> bool:
        """Whether more than two treatments stand beside each other."""
        return len(self.together) > 2 and not self.is_chosen_from

    def tells_sexes_apart(self, treatments: Iterable[Treatment]) -> bool:
        """Whether something known of one sex alone is to be told, and nobody asked for one of them."""
        return (
            not self.is_chosen_from
            and self.sex == "any"
            and any(
                one.condition == self.condition and one.sex != "any" for each in treatments for one in each.indications
            )
        )

    def cautions(self, treatment: Treatment) -> list[Caution]:
        """The cautions that can concern the reader."""
        factors = self.catalogue.factors
        return [one for one in treatment.cautions if concerns(factors[one.factor].sex, self.sex)]

    def is_about(self, condition: str | None, sex: Sex) -> bool:
        """Whether what was found for this condition in this sex says something to the reader."""
        return (self.condition is None or condition in (None, self.condition)) and concerns(sex, self.sex)

    def told(
        self,
        record: Sourced,
        text: str,
        *,
        lead: str = "",
        lead_refs: tuple[int, ...] = (),
        gauge: Gauge | None = None,
        badge: Badge | None = None,
    ) -> Item:
        """What a record states, with its references; where everything is shown, also how poorly it was confirmed."""
        doubt = w.DOUBT_WORDS.get(self.catalogue.doubted(record) or "", "") if self.full else ""
        refs = self.citations.cite(record.sources)
        return Item(f"{text}{doubt}", lead=lead, refs=refs, gauge=gauge, lead_refs=lead_refs, badge=badge)

    def stated(self, statements: Iterable[Statement]) -> tuple[Item, ...]:
        """Statements as they stand, each told with its references."""
        return tuple(self.told(one, one.text) for one in statements)
