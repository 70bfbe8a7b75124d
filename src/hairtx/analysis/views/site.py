"""Everything a site about the whole catalogue is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Report
from hairtx.analysis.views.about import describe_edition
from hairtx.analysis.views.bibliography import list_sources
from hairtx.analysis.views.claims import list_claims
from hairtx.analysis.views.comparison import compare_everything, describe
from hairtx.analysis.views.conditions import describe_condition, list_conditions
from hairtx.analysis.views.listing import ListFilter, list_filters, list_treatments
from hairtx.catalogue.store import Catalogue

__all__ = ["SiteContent", "site_content"]


class SiteContent(Struct, frozen=True, kw_only=True):
    """One report a page, and what the pages with scripts ask beside them."""

    #: All treatments, grouped by invasiveness.
    listing: Report
    filters: tuple[ListFilter, ...]
    #: One report a treatment, by id.
    treatments: Mapping[str, Report]
    conditions: Report
    #: One report a condition, by key.
    each_condition: Mapping[str, Report]
    #: All treatments as columns, and the rows that depend on the condition, once for each condition.
    everything: Report
    evidence: tuple[Report, ...]
    claims: Report
    sources: Report
    about: Report


def site_content(catalogue: Catalogue, *, today: dt.date | None = None) -> SiteContent:
    """The reports of all pages, as of ``today``."""
    citations = Citations(catalogue.sources)
    return SiteContent(
        listing=list_treatments(catalogue, today=today),
        filters=list_filters(catalogue),
        treatments={one.id: describe(catalogue, one.id, view="full-page", today=today) for one in catalogue},
        conditions=list_conditions(catalogue, today=today),
        each_condition={key: describe_condition(catalogue, key, today=today) for key in catalogue.conditions},
        everything=compare_everything(catalogue, citations, today=today),
        evidence=tuple(
            compare_everything(catalogue, citations, condition=key, today=today) for key in catalogue.conditions
        ),
        claims=list_claims(catalogue, today=today),
        sources=list_sources(catalogue, today=today),
        about=describe_edition(catalogue, today=today),
    )
