"""What a page for a consultation has beside answer and table: a worksheet, questions, claims, pictures, the edition.

Reference numbers go on from those of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from hairtx.analysis import wording as w
from hairtx.analysis.document import Block, Cell, Field, Grid, Handout, Item
from hairtx.analysis.drawing import Track
from hairtx.analysis.framing import warnings
from hairtx.analysis.rows import FIRST_CLAIMS
from hairtx.analysis.schedule import PACE_WORDS
from hairtx.analysis.scope import Scope
from hairtx.analysis.views.about import edition_blocks
from hairtx.analysis.views.claims import claims_block
from hairtx.analysis.views.effects import HEAD_TO_HEAD, effects_plots
from hairtx.analysis.views.timeline import TIMES_VARY, timeline_drawing
from hairtx.catalogue.model import Treatment
from hairtx.catalogue.store import Catalogue

__all__ = ["WEIGHTS", "figures_for", "handout_for", "leanings", "worksheet"]

#: From “does not matter to me” to “matters very much”.
WEIGHTS: Final = ("0", "1", "2", "3")

_FIELDS = (Field("matters", "what could matter", 30, 2), Field("weight", "how much it matters to me", 16))
#: Things that people weigh, in the order of the answer. Worded so that none of them points to an option.
_MATTERS: Final = (
    ("keep-hair", "Keeping the hair I have"),
    ("more-hair", "More hair that others see"),
    ("sure", "How sure it is that it works"),
    ("side-effects", "Side effects I would mind"),
    ("lasting-harm", "Harm that stays"),
    ("effort", "Needles, visits, chores"),
    ("visible", "Days on which others see it"),
    ("cost", "What it costs in all"),
)
_ANYWHERE: Final = (
    "Which cause do I have, and how do you know?",
    "How many of 100 people like me are helped, and how many are harmed?",
    "How do we measure it, and when do we stop if it does nothing?",
    "What does it cost in all, and for how long?",
)


def handout_for(
    catalogue: Catalogue, treatments: Sequence[Treatment], scope: Scope, *, one_page: bool = False
) -> Handout:
    """The parts of the page for these treatments, cited through ``scope``; with ``one_page``, of its first sheet."""
    sheet = Handout(
        worksheet=worksheet(),
        leaning=leanings(treatments),
        asks=Block("any", "Ask", items=tuple(map(Item, _ANYWHERE))),
    )
    if one_page:
        return sheet
    return structs.replace(
        sheet,
        condition=_condition(catalogue, scope),
        claims=tuple(
            claims_block(catalogue, one, one.foremost_claims[:FIRST_CLAIMS], scope.citations)
            for one in treatments
            if one.claims
        ),
        questions=tuple(
            Block(one.id, one.name, items=tuple(map(Item, one.questions))) for one in treatments if one.questions
        ),
        about=edition_blocks(catalogue.about),
    )


def figures_for(catalogue: Catalogue, treatments: Sequence[Treatment], scope: Scope) -> tuple[Block, ...]:
    """The timeline, and a plot for each scale on which effects were measured, each with the same in words."""
    drawing = timeline_drawing(treatments, horizon=scope.horizon, citations=scope.citations)
    rows = tuple(
        (
            Cell((Item("", lead=lane.label, refs=lane.refs),)),
            Cell(tuple(_track_in_words(track) for track in lane.tracks)),
        )
        for lane in drawing.lanes
    )
    fields = (Field("treatment", "treatment", 16, 1), Field("told", "what the picture shows", 40, 3))
    grid = Grid(fields, rows, tuple(one.id for one in treatments))
    title = f"{w.capitalised(w.span_words(scope.horizon))}, from the first session or dose"
    notes = (Item(PACE_WORDS["typical"], lead="Pace"), Item(TIMES_VARY))
    plots = effects_plots(catalogue, treatments, scope.citations, condition=scope.condition, sex=scope.sex)
    if plots:
        # Said once, with the first picture; it holds for all of them.
        plots[0] = structs.replace(plots[0], items=(Item(HEAD_TO_HEAD), *plots[0].items))
    return (Block("timeline", title, items=notes, grid=grid, drawing=drawing), *plots)


def _track_in_words(track: Track) -> Item:
    told = track.note or "; ".join(dict.fromkeys(mark.text for mark in track.marks))
    return Item(told, lead=track.label)


def worksheet() -> Block:
    """Rows to mark, the same for whatever is compared."""
    rows = tuple((Cell((Item(text),)), Cell((Item(" ".join(WEIGHTS)),))) for _, text in _MATTERS)
    return Block(
        "worksheet",
        "What matters to me",
        items=(Item("0: not at all, 3: very much. There is no right answer."),),
        grid=Grid(_FIELDS, rows, tuple(key for key, _ in _MATTERS)),
    )


def leanings(treatments: Sequence[Treatment]) -> Block:
    """What the reader may lean towards: doing nothing and not knowing yet are always among it."""
    options = [one.short_name for one in treatments]
    if all(one.kind != "none" for one in treatments):
        options.append("No treatment")
    return Block("leaning", "I lean towards", items=tuple(map(Item, (*options, "I do not know yet"))))


def _condition(catalogue: Catalogue, scope: Scope) -> tuple[Block, ...]:
    if scope.condition is None:
        return ()
    condition = catalogue.conditions[scope.condition]
    told = (
        ("definition", condition.label, scope.citations.stated([condition.definition])),
        ("warning-signs", "See a doctor first", warnings(condition, scope.citations)),
    )
    return tuple(Block(key, title, items=items) for key, title, items in told if items)
