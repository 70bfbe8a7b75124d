"""Every public name of the library, once. ``import hairtx`` leads here when one of them is first used."""

from hairtx.analysis.commitment import commitment_over
from hairtx.analysis.document import Report
from hairtx.analysis.views.about import describe_edition
from hairtx.analysis.views.bibliography import list_sources
from hairtx.analysis.views.brochure import check, match_claims
from hairtx.analysis.views.claims import kinds_of_claims, list_claims
from hairtx.analysis.views.comparison import compare, describe
from hairtx.analysis.views.conditions import describe_condition, list_conditions
from hairtx.analysis.views.effects import effects
from hairtx.analysis.views.listing import Filters, list_treatments
from hairtx.analysis.views.plan import plan
from hairtx.analysis.views.screening import list_factors, screen
from hairtx.analysis.views.site import SiteContent, site_content
from hairtx.analysis.views.timeline import timeline
from hairtx.catalogue.store import Catalogue, load
from hairtx.errors import CatalogueError, HairtxError, OutputError, Problem, UnknownNameError, UsageError
from hairtx.extracting import lines_of
from hairtx.formats import bytes_of as render_bytes
from hairtx.formats import text_of as render
from hairtx.formats.site import site_files
from hairtx.version import __version__

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Filters",
    "HairtxError",
    "OutputError",
    "Problem",
    "Report",
    "SiteContent",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "check",
    "commitment_over",
    "compare",
    "describe",
    "describe_condition",
    "describe_edition",
    "effects",
    "kinds_of_claims",
    "lines_of",
    "list_claims",
    "list_conditions",
    "list_factors",
    "list_sources",
    "list_treatments",
    "load",
    "match_claims",
    "plan",
    "render",
    "render_bytes",
    "screen",
    "site_content",
    "site_files",
    "timeline",
]
