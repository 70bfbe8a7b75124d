"""Pages in a real browser: what is there, what works by mouse and keyboard, what leaves the page (nothing).

Run apart with ``pytest -m browser``. Without Chromium the tests are skipped, or fail where ``HAIRTX_REQUIRE_BROWSER``
is set. With ``HAIRTX_SCREENSHOTS`` set to a folder, pictures of the pages are put there; ``make screenshots`` writes
the one in the README.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest

import hairtx
from conftest import NO_BROWSER
from support import SMALL_IDS, more, sharing
from test_pages import hostile_document, hostile_report

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TODAY = dt.date(2026, 11, 21)
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
#: Printable widths in CSS pixels: A4 and Letter less the margins of the style sheet.
PAPERS = {"A4": 695, "Letter": 718}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The same for a first sheet, with its height: 8 and 11 mm of margin.
SHEET_ROOM = ({"width": 710, "height": 1062}, {"width": 733, "height": 995})
#: Selections whose first sheet must be one page: usual ones, and those with the longest answers.
SHEETS = (
    ("prp", "mesotherapy"),
    ("oral-minoxidil", "fue-transplant"),
    ("biotin", "no-treatment"),
    ("topical-minoxidil", "oral-finasteride", "prp"),
    ("baricitinib", "ritlecitinib", "contact-immunotherapy"),
    ("oral-minoxidil", "ketoconazole-shampoo", "dutasteride-mesotherapy"),
    ("topical-minoxidil", "oral-dutasteride", "fue-transplant"),
)
#: The exported pages, and pages of the site with an address that puts them to use.
EXPORTED = (
    "one.html",
    "two.html",
    "three.html",
    "four.html",
    "six.html",
    "claims.html",
    "sources.html",
    "timeline.html",
)
SITE = (
    "site/index.html",
    "site/index.html#setting=home&with=biotin,oral-iron",
    "site/compare.html",
    "site/compare.html#with=prp,no-treatment",
    "site/treatments/fue-transplant.html",
    "site/conditions/alopecia-areata.html",
    "site/conditions.html",
    "site/about.html",
    "site/index.html#find=minoxidil&about=pregnancy,smoking&for=androgenetic-alopecia&sex=female&cost=1000",
    "site/sources.html#find=kaufman",
)
#: What axe looks at: every kind of page, of the small catalogue. Longer ones repeat the same parts and take many times as
#: long.
AUDITED = (
    *(f"small/{name}.html" for name in ("page", "one", "wide", "claims", "sources", "timeline")),
    "small/site/index.html",
    "small/site/index.html#setting=home&with=test-tonic,test-pill",
    "small/site/compare.html",
    "small/site/compare.html#with=test-tonic,test-waiting",
    "small/site/treatments/test-tonic.html",
    "small/site/conditions/test-thinning.html",
    "small/site/conditions.html",
    "small/site/about.html",
)


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = _chromium()
    if path is None:
        if os.environ.get("HAIRTX_REQUIRE_BROWSER"):
            pytest.fail(f"{NO_BROWSER}; on Debian: apt-get install chromium")
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages as files."""
    base = tmp_path_factory.mktemp("pages")
    catalogue = hairtx.load()
    compared = {
        "two": ["prp", "no-treatment"],
        "three": ["prp", "microneedling", "topical-minoxidil"],
        "plain": ["biotin", "no-treatment"],
        "four": ["prp", "fue", "oral-finasteride", "topical-minoxidil"],
        "six": ["prp", "fue", "oral-finasteride", "topical-minoxidil", "biotin", "no-treatment"],
    }
    documents: dict[str, Any] = {
        name: hairtx.compare(catalogue, names, view="page", today=TODAY) for name, names in compared.items()
    }
    documents |= {
        "one": hairtx.compare(catalogue, compared["three"], view="one-page", today=TODAY),
        "claims": hairtx.list_claims(catalogue, ["biotin"]),
        "sources": hairtx.list_sources(catalogue, ["biotin"]),
        "timeline": hairtx.timeline(catalogue, ["prp", "fue"]),
        "hostile": hostile_document(),
        "hostile-report": hostile_report(),
        "small/page": hairtx.compare(more(), SMALL_IDS[:2], view="page", today=TODAY),
        "small/one": hairtx.compare(more(), SMALL_IDS[:2], view="one-page", today=TODAY),
        "small/wide": hairtx.compare(more(), list(more().treatments), rows=["summary", "claims"], view="page"),
        "small/claims": hairtx.list_claims(more(), ["test-tonic"]),
        "small/sources": hairtx.list_sources(more(), ["test-tonic"]),
        "small/timeline": hairtx.timeline(more(), ["test-tonic", "test-graft"]),
    }
    pages = {f"{name}.html": hairtx.render(document, "html").encode() for name, document in documents.items()}
    for place, whose in (("site", catalogue), ("small/site", more())):
        made = hairtx.site_files(hairtx.site_content(whose, today=TODAY))
        pages |= {f"{place}/{name}": content for name, content in made}
    for name, content in pages.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return base


class Watched:
    """A page with a record of everything that should not happen."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self._base = base
        self._viewport = options.pop("viewport", DESKTOP)
        self.context = browser.new_context(viewport=self._viewport, reduced_motion="reduce", **options)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("a dialog"), dialog.dismiss()))
        self.context.route("**/*", self._route)

    def _route(self, route: Any) -> None:
        address = route.request.url
        # The page itself may load; anything else it asks for is recorded and refused.
        if route.request.is_navigation_request() and address.startswith(self._base):
            route.continue_()
            return
        self.requests.append(address)
        route.abort()

    def open(self, name: str) -> Any:
        self.page.goto("about:blank")
        self.page.set_viewport_size(self._viewport)
        self.page.emulate_media(media="null", color_scheme="light")
        self.page.goto(f"{self._base}/{name}")
        return self.page

    def assert_quiet(self) -> None:
        assert self.requests == []
        assert self.complaints == []

    def close(self) -> None:
        self.context.close()
        self.assert_quiet()


@pytest.fixture(scope="session")
def window(browser: Any, folder: Path) -> Watched:
    """One window for all tests that need none of their own: opening another takes as long as most of them."""
    return Watched(browser, folder.as_uri())


@pytest.fixture
def watched(window: Watched) -> Iterator[Watched]:
    window.requests.clear()
    window.complaints.clear()
    yield window
    window.assert_quiet()


def overflow(page: Any) -> int:
    result: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return result


def unfolded(page: Any) -> Any:
    """The page with everything open that follows the answer."""
    page.evaluate("document.querySelectorAll('details.more').forEach((part) => part.open = true)")
    return page


def violations(page: Any, **rules: Any) -> list[tuple[str, str]]:
    """What axe finds wrong with the page as it is now: rule and place."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": rules or {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response
    assert re.match(r"4\.(1\d|[2-9]\d)\.", found["testEngine"]["version"])
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


@pytest.mark.parametrize("name", [*EXPORTED, *SITE, "hostile.html", "hostile-report.html"])
def test_page_fits_phone_desktop_and_paper(name: str, watched: Watched) -> None:
    page = unfolded(watched.open(name))
    for size in (DESKTOP, {"width": 768, "height": 900}, PHONE):
        page.set_viewport_size(size)
        assert overflow(page) == 0, size
    page.emulate_media(media="print")
    for paper, width in PAPERS.items():
        page.set_viewport_size({"width": width, "height": 1000})
        assert overflow(page) == 0, paper


@pytest.mark.parametrize("name", AUDITED)
def test_page_has_no_accessibility_violation(name: str, watched: Watched) -> None:
    page = unfolded(watched.open(name))
    assert violations(page) == []
    # In the dark nothing but colours is different, which the next test holds.
    page.emulate_media(color_scheme="dark")
    assert violations(page, type="rule", values=["color-contrast", "link-in-text-block"]) == []


def test_dark_changes_colours_only(watched: Watched, folder: Path) -> None:
    text = (folder / "two.html").read_text(encoding="utf-8")
    light_rules, dark_rules = text.split("@media (prefers-color-scheme: dark) {")
    assert re.match(r"\s*:root \{(\s*--[\w-]+: #[0-9a-f]{3,8};)+\s*\}\s*\}", dark_rules)
    assert "prefers-color-scheme" not in light_rules + dark_rules
    page = watched.open("two.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_accessibility_holds_on_a_phone_too(browser: Any, folder: Path) -> None:
    watched = Watched(browser, folder.as_uri(), viewport=PHONE)
    for name in ("one.html", "claims.html", "site/index.html"):
        assert violations(watched.open(f"small/{name}")) == []
    watched.close()


@pytest.mark.parametrize("name", ["hostile.html", "hostile-report.html"])
def test_nothing_of_a_hostile_catalogue_runs(name: str, watched: Watched) -> None:
    page = watched.open(name)
    before = page.title()
    assert "owned" in before  # as text, in the title that the document gave itself
    page.evaluate("document.querySelectorAll('a.out').forEach((link) => link.focus())")
    for element in page.query_selector_all("summary"):
        element.click()
    page.wait_for_timeout(200)
    assert page.title() == before != "owned"
    assert page.evaluate("document.scripts.length + document.images.length + frames.length") == 0
    body = page.inner_text("body")
    assert "<script>document.title='owned'</script>" in body
    assert "javascript:document.title='owned'" in body
    assert "{{ 7 * 7 }}" in body
    assert page.evaluate("[...document.links].every((link) => /^(https?|file):/.test(link.href))")


def test_policy_stops_a_script_that_would_get_in(folder: Path, browser: Any) -> None:
    text = (folder / "two.html").read_text(encoding="utf-8")
    (folder / "tampered.html").write_text(text.replace("</main>", "<script>document.title='owned'</script></main>"))
    watched = Watched(browser, folder.as_uri())
    page = watched.open("tampered.html")
    assert page.title() != "owned"
    assert any("Content Security Policy" in one for one in watched.complaints)
    watched.context.close()


@pytest.mark.parametrize("names", SHEETS, ids=" ".join)
def test_first_sheet_of_two_or_three_is_one_page_of_paper(
    names: tuple[str, ...], watched: Watched, folder: Path, catalogue: hairtx.Catalogue
) -> None:
    document = hairtx.compare(catalogue, names, view="page", today=TODAY)
    (folder / "sheet.html").write_text(hairtx.render(document, "html"), encoding="utf-8")
    page = watched.open("sheet.html")
    assert _pages(page) == dict.fromkeys(PAPERS, 1)
    # What was opened is printed after it, on pages of its own.
    if names == SHEETS[0]:
        page.locator("#about summary").click()
        assert _pages(page) == dict.fromkeys(PAPERS, 2)


def test_first_sheet_of_any_two_or_three_has_room_on_either_paper(
    watched: Watched, catalogue: hairtx.Catalogue
) -> None:
    watched.page.emulate_media(media="print")
    for names in [*sharing(catalogue, 2, number=16), *sharing(catalogue, 3, number=16)]:
        watched.page.set_content(hairtx.render(hairtx.compare(catalogue, names, view="one-page", today=TODAY), "html"))
        for room in SHEET_ROOM:
            watched.page.set_viewport_size(room)
            assert watched.page.locator("article.leaf").bounding_box()["height"] <= room["height"], names


def test_what_is_not_built_in_is_said_on_the_sheet_and_not_on_a_page_before_it(
    watched: Watched, folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text("treatments:\n- {extends: prp, short_name: Mill Gold}\n", encoding="utf-8")
    both = hairtx.load(overlays=[own])
    document = hairtx.compare(both, ["prp", "topical-minoxidil"], view="one-page", today=TODAY)
    (folder / "own.html").write_text(hairtx.render(document, "html"), encoding="utf-8")
    page = watched.open("own.html")
    assert "1 treatment (Mill Gold)" in page.locator("article.sheet .notice").inner_text()
    assert _pages(page) == dict.fromkeys(PAPERS, 1)


def _pages(page: Any) -> dict[str, int]:
    return {paper: len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) for paper in PAPERS}


@pytest.fixture
def phone(browser: Any, folder: Path) -> Iterator[Watched]:
    page = Watched(browser, folder.as_uri(), viewport=PHONE)
    yield page
    page.close()


@pytest.mark.parametrize("name", ["two.html", "plain.html", "three.html", "one.html"])
def test_first_sheet_of_two_or_three_is_three_screens_on_a_phone(phone: Watched, name: str) -> None:
    page = phone.open(name)
    assert page.locator("article.leaf").bounding_box()["height"] < 3 * 740
    assert page.locator(".answer td").first.evaluate("(cell) => parseFloat(getComputedStyle(cell).fontSize)") >= 15


def test_a_phone_folds_what_matters_less_until_it_is_asked_for(phone: Watched) -> None:
    page = phone.open("three.html")
    parts = ("tr.later", "#worksheet .weights", "#leaning .choices", "#questions textarea", ".shortlist")
    boxes = page.get_by_role("checkbox", name=re.compile("^Show: "))
    assert boxes.count() == len(parts)
    for number, part in enumerate(parts):
        assert not page.locator(part).first.is_visible(), part
        boxes.nth(number).press("Space")
        assert page.locator(part).first.is_visible(), part
        boxes.nth(number).uncheck()
    for row in ("Does it work? Men", "Serious harm", "Be careful"):
        assert page.get_by_role("rowheader", name=row, exact=True).is_visible()
    assert page.locator(".edition").is_visible()
    page.locator(".answer a.ref").first.click()
    assert page.locator(".shortlist li:target").is_visible()


def test_the_parts_of_the_first_sheet_are_numbered_from_the_first_one_in_sight(phone: Watched) -> None:
    page = phone.open("two.html")
    counted = """(heads) => heads.map((head) => [
        getComputedStyle(head).position != "absolute", getComputedStyle(head, "::before").counterIncrement != "none"])"""
    for size, unseen in ((PHONE, 1), (DESKTOP, 0)):
        page.set_viewport_size(size)
        told = page.locator(".sheet section:not(.sources) h2").evaluate_all(counted)
        assert told == [[False, False]] * unseen + [[True, True]] * (5 - unseen)


def test_nothing_of_the_first_sheet_is_folded_on_paper_or_a_wide_screen(phone: Watched) -> None:
    page = phone.open("one.html")
    for media, size in (("print", PHONE), ("screen", DESKTOP)):
        page.emulate_media(media=media)
        page.set_viewport_size(size)
        assert page.locator(".answer tr:visible").count() == page.locator(".answer tr").count()
        for part in (".weights", ".choices", "textarea", ".shortlist"):
            assert page.locator(part).is_visible(), (media, part)
        assert page.locator(".fold:visible").count() == 0


def test_people_are_drawn_beside_their_words(watched: Watched) -> None:
    page = watched.open("three.html")
    panels = page.locator(".answer .people svg")
    assert panels.count() >= 2
    sizes = {(one.bounding_box()["width"], one.bounding_box()["height"]) for one in panels.all()}
    assert len(sizes) == 1  # the same denominator, in the same size
    assert all(page.locator(".answer .people bdi").all_inner_texts())


def test_what_follows_the_answer_is_folded_until_asked_for(watched: Watched) -> None:
    page = watched.open("three.html")
    assert page.locator(".answer thead th bdi:first-child").all_inner_texts()[0] == "PRP"
    for part in ("condition", "table", "figures", "claims", "all-questions", "references", "about"):
        inside = page.locator(f"#{part} > :not(summary)").first
        assert not inside.is_visible(), part
        page.locator(f"#{part} > summary").click()
        assert inside.is_visible(), part
    page.emulate_media(media="print")
    assert page.locator("#claims").is_visible()
    page.emulate_media(media="screen")
    page.locator("#claims > summary").click()
    page.emulate_media(media="print")
    assert not page.locator("#claims").is_visible()


def test_reference_in_a_folded_list_is_unfolded_by_its_link(watched: Watched) -> None:
    page = watched.open("two.html")
    page.locator("#table > summary").click()
    link = page.locator("table.compare a.ref").first
    link.click()
    assert page.locator(f"{link.get_attribute('href')}:target").is_visible()


def test_exported_page_has_everything(watched: Watched) -> None:
    page = unfolded(watched.open("three.html"))
    assert page.locator("table.compare thead th").all_inner_texts() == [
        "PRP",
        "Microneedling",
        "Minoxidil on the scalp",
    ]
    for section in ("condition", "table", "figures", "claims", "worksheet", "questions", "references", "about"):
        assert page.locator(f"#{section}").is_visible()
    assert page.locator(".timeline .strip").count() >= 9
    assert page.locator(".plot .strip").count() >= 3
    for picture in page.locator("svg.strip").all()[:12]:
        assert picture.get_attribute("role") == "img"
        words = page.evaluate(
            "(svg) => svg.getAttribute('aria-labelledby').split(' ')"
            ".map((id) => document.getElementById(id).textContent.trim())",
            picture.element_handle(),
        )
        assert all(words)
    assert page.locator("#claims .badge .sign").count() == page.locator("#claims .badge").count() > 3


def test_head_of_the_table_stays_in_sight(watched: Watched) -> None:
    page = unfolded(watched.open("three.html"))
    page.evaluate("document.querySelectorAll('table.compare tbody')[2].scrollIntoView({behavior: 'instant'})")
    assert 0 <= page.locator("table.compare thead th").first.bounding_box()["y"] < 5
    wide = unfolded(watched.open("six.html"))
    wide.evaluate("document.querySelector('.scroller').scrollTo({left: 600, top: 900, behavior: 'instant'})")
    frame = wide.locator(".scroller").bounding_box()
    label = wide.locator("table.compare tbody th[scope=row]").first.bounding_box()
    assert abs(label["x"] - frame["x"]) < 5


def test_rows_are_cards_on_a_phone_and_each_cell_names_its_treatment(browser: Any, folder: Path) -> None:
    watched = Watched(browser, folder.as_uri(), viewport=PHONE)
    page = unfolded(watched.open("three.html"))
    row = page.locator("table.compare tbody tr:not(.part)").nth(2)
    assert row.locator(".who").all_inner_texts() == ["PRP", "Microneedling", "Minoxidil on the scalp"]
    tops = [cell.bounding_box()["y"] for cell in row.locator("td").all()]
    assert tops == sorted(set(tops))
    watched.close()


def test_references_lead_there_and_back(watched: Watched) -> None:
    page = watched.open("two.html")
    first = page.locator("table.answer a.ref").first
    name = first.get_attribute("href")
    first.click()
    assert page.locator(f"{name}:target").is_visible()
    place = first.get_attribute("id")
    page.locator("#references > summary").click()
    page.locator(f'{name.replace("s", "r")} .back a[href="#{place}"]').click()
    assert page.evaluate("location.hash") == f"#{place}"


def test_worksheet_can_be_marked_by_keyboard(watched: Watched) -> None:
    page = watched.open("two.html")
    first = page.locator(".scale").first
    first.locator("input").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert first.locator("input:checked").get_attribute("value") == "2"
    page.locator("textarea").focus()
    page.keyboard.type("my question")
    assert page.locator("textarea").input_value() == "my question"


def test_print_spells_links_out_repeats_heads_and_keeps_rows_whole(watched: Watched) -> None:
    page = unfolded(watched.open("three.html"))
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => ({
            link: getComputedStyle(document.querySelector('.reflist .out'), '::after').content,
            head: getComputedStyle(document.querySelector('table.compare thead')).display,
            row: getComputedStyle(document.querySelector('table.compare tbody tr')).breakInside,
            paper: getComputedStyle(document.body).backgroundColor,
        })"""
    )
    assert "http" in shown["link"]
    assert (shown["head"], shown["row"]) == ("table-header-group", "avoid")
    assert shown["paper"] == "rgb(255, 255, 255)"
    for paper in PAPERS:
        assert len(page.pdf(format=paper)) > 10_000


def test_no_heading_stands_alone_at_the_foot_of_a_printed_page(watched: Watched) -> None:
    page = unfolded(watched.open("three.html"))
    headings = {
        " ".join(one.split()) for one in page.locator("h2, h3, table.compare th, table.compare .who").all_inner_texts()
    }
    for paper in PAPERS:
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper))).pages
        assert len(printed) > 8
        for number, one in enumerate(printed, 1):
            lines = [" ".join(line.split()) for line in one.extract_text().splitlines() if line.strip()]
            last = lines[-2] if re.fullmatch(r"\d+ / \d+", lines[-1]) else lines[-1]
            assert last not in headings, (paper, number, last)


def _visible(page: Any) -> set[str]:
    found: list[str] = page.locator(".tile[data-key]:visible").evaluate_all("all => all.map((one) => one.dataset.key)")
    return set(found)


def _listed(catalogue: hairtx.Catalogue, **filters: Any) -> set[str]:
    report = hairtx.list_treatments(catalogue, hairtx.Filters(**filters))
    return {one["id"] for one in report.data["treatments"]}


#: What is chosen on the start page, and the filters of the list command that mean the same.
CHOSEN: Final[list[tuple[dict[str, str], dict[str, Any]]]] = [
    ({"for": "alopecia-areata"}, {"condition": "alopecia-areata"}),
    ({"setting": "home"}, {"setting": "home"}),
    ({"sex": "female", "for": "androgenetic-alopecia"}, {"sex": "female", "condition": "androgenetic-alopecia"}),
    ({"certainty": "3"}, {"min_certainty": "moderate"}),
    ({"takes": "2"}, {"max_invasiveness": "minimally-invasive"}),
    ({"downtime": "3"}, {"max_downtime": "3 days"}),
    (
        {"for": "androgenetic-alopecia", "certainty": "2", "setting": "clinic", "downtime": "1"},
        {
            "condition": "androgenetic-alopecia",
            "min_certainty": "low",
            "setting": "clinic",
            "max_downtime": "1 day",
        },
    ),
]


def test_filters_show_what_the_list_command_lists(watched: Watched, catalogue: hairtx.Catalogue) -> None:
    from hairtx.catalogue.quantity import Duration

    page = watched.open("site/index.html")
    assert _visible(page) == _listed(catalogue)
    page.locator("#filters > details > summary").last.click()
    for chosen, filters in CHOSEN:
        downtime = {"max_downtime": Duration.parse(filters["max_downtime"])} if "max_downtime" in filters else {}
        expected = _listed(catalogue, **{**filters, **downtime})
        for name, value in chosen.items():
            page.select_option(f'select[name="{name}"]', value)
        assert _visible(page) == expected, chosen
        assert page.inner_text("#count").startswith(f"{len(expected)} of {len(catalogue)}")
        address = page.evaluate("location.hash")
        page.click("button[type=reset]")
        page.wait_for_timeout(50)
        assert page.evaluate("location.hash") == ""
        assert _visible(page) == _listed(catalogue)
    # The link alone brings the choice back.
    assert _visible(watched.open(f"site/index.html{address}")) == expected


def test_filters_work_by_keyboard(watched: Watched, catalogue: hairtx.Catalogue) -> None:
    page = watched.open("site/index.html")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Effort"):
            page.keyboard.press("Enter")
        if page.evaluate("document.activeElement.name") == "setting":
            break
    page.keyboard.type("At home")
    assert page.input_value('select[name="setting"]') == "home"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert _visible(page) == _listed(catalogue, setting="home")


def test_search_finds_names_and_brands_however_they_are_typed(watched: Watched) -> None:
    page = watched.open("site/index.html")
    field = page.locator("#filters input[name=find]")
    for typed, found in (
        ("ROGAINE", "topical-minoxidil"),
        ("micro-needling", "microneedling"),
        ("micro needling", "microneedling"),
        ("Platelet‑Rich", "prp"),
        ("plátelet rich plasma", "prp"),
        ("propecia", "oral-finasteride"),
    ):
        field.fill("")
        field.press_sequentially(typed)
        assert found in _visible(page), typed
        assert len(_visible(page)) < 5, typed
        assert page.inner_text("#count").startswith(f"{len(_visible(page))} of ")
    page.wait_for_url(re.compile("find=propecia"))
    shown = _visible(page)
    assert _visible(watched.open(f"site/index.html{page.evaluate('location.hash')}")) == shown
    page.locator("#filters input[name=find]").fill("no such thing")
    assert _visible(page) == set()


def test_factor_marks_cards_and_hides_none(watched: Watched, catalogue: hairtx.Catalogue) -> None:
    from hairtx.analysis.factors import listed_for, strictest

    page = watched.open("site/index.html")
    page.locator("#about summary").click()
    page.locator("#find-factor").fill("smoker")
    page.locator("#about .choices input:visible").first.check()
    address = page.evaluate("location.hash")
    assert address == "#about=smoking"
    page = watched.open(f"site/index.html{address},pregnancy")
    assert page.locator("#mine").inner_text() == "pregnancy, smoking"
    assert _visible(page) == set(catalogue.treatments)
    counts = {"avoid": 0, "ask": 0, None: 0}
    for one in catalogue:
        said = page.locator(f'.tile[data-key="{one.id}"] .listed:visible').all_inner_texts()
        actions = {key: strictest(listed_for(catalogue, one, [key])) for key in ("smoking", "pregnancy")}
        for key, action in actions.items():
            begin = {"avoid": "A reason not to:", None: "Nothing found here"}.get(action, "Ask first:")
            [line] = [text for text in said if text.strip().startswith(begin)]
            assert key in line or (action is None and set(actions.values()) == {None})
            assert action is not None or line.endswith("which is not the same as safe")
        worst = strictest(listed_for(catalogue, one, list(actions)))
        counts[worst if worst in ("avoid", None) else "ask"] += 1
    told = page.inner_text("#warned")
    assert [int(number) for number in re.findall(r"\d+", told)] == list(counts.values())
    assert "not the same as safe" in told


def test_cards_speak_of_the_chosen_condition_and_sex_only(watched: Watched) -> None:
    page = watched.open("site/index.html#for=alopecia-areata&sex=female")
    for text in page.locator(".tile[data-key]:visible .use:visible").all_inner_texts():
        assert text.startswith("Patchy hair loss")
        assert not re.search(r"(?m)^\s*Men:", text)
    assert page.locator(".condition:visible").count() == 1
    assert "See a doctor first if" in page.locator(".condition:visible").inner_text()


def test_unknown_cost_is_left_out_and_said(watched: Watched) -> None:
    page = watched.open("site/index.html#cost=1000")
    said = re.fullmatch(
        r"(\d+) of (\d+) treatments; (\d+) more left out, because .* not reported", page.inner_text("#count")
    )
    assert said is not None
    assert int(said[1]) == len(_visible(page)) > 0
    unknown = page.locator('.tile[data-cost=""]').count()
    assert int(said[3]) == unknown > 0


def test_cards_fit_three_to_a_row_and_a_third_of_a_phone_each(browser: Any, folder: Path) -> None:
    watched = Watched(browser, folder.as_uri())
    page = watched.open("site/index.html")
    tops = page.locator(".level .tile").evaluate_all("all => all.map((one) => one.offsetTop)")
    assert max(tops.count(top) for top in tops) >= 3
    page.set_viewport_size(PHONE)
    heights = page.locator(".tile").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert max(heights) <= PHONE["height"] / 3
    watched.close()


def test_long_pages_are_searched_and_filtered(watched: Watched) -> None:
    page = watched.open("site/claims.html")
    rows = page.locator(".block tbody > tr:visible")
    all_of_them = page.locator(".block tbody > tr").count()
    assert rows.count() == 0
    assert page.inner_text("#count") == f"All {all_of_them}"
    page.select_option("select[name=only]", label="Contradicted")
    assert set(page.locator(".block tbody > tr:visible .badge").all_inner_texts()) == {"contradicted"}
    page.locator("#find input[name=find]").press_sequentially("Perma-nent")
    assert 0 < rows.count() < all_of_them
    assert all("permanent" in text.lower() for text in rows.all_inner_texts())
    assert page.inner_text("#count").startswith(f"{rows.count()} of {all_of_them}")
    page.wait_for_url(re.compile("find=Perma-nent"))
    page.click("button[type=reset]")
    page.wait_for_url(re.compile(r"claims\.html$"))
    assert page.inner_text("#count") == f"All {all_of_them}"
    page = watched.open("site/sources.html#find=kaufman+finasteride")
    shown = page.locator(".entry:visible").all_inner_texts()
    assert shown
    assert all("Kaufman" in text for text in shown)
    page = watched.open("site/sources.html")
    assert page.locator(".entry:visible").count() == 0
    page.locator("summary").first.press("Enter")
    assert page.locator(".entry:visible").count() > 10


def test_tiles_lead_to_a_comparison(watched: Watched) -> None:
    page = watched.open("small/site/index.html")
    for key in ("test-tonic", "test-drip"):
        page.locator(f'.tile[data-key="{key}"] input').check()
    assert page.locator("#tray").is_visible()
    page.click("#go")
    page.wait_for_url(re.compile("compare"))
    assert set(page.locator("#short thead a").all_inner_texts()) == {"Test tonic", "Test drip"}


def test_comparing_by_mouse_keeps_the_choice_in_the_address(watched: Watched) -> None:
    page = watched.open("small/site/compare.html")
    assert not page.locator("#leaf").is_visible()
    for key in ("test-tonic", "test-graft", "test-pill", "test-waiting"):
        page.locator(f'#chooser input[value="{key}"]').check()
    assert page.locator("#short thead th").count() == 4
    assert page.locator('#chooser input[value="test-drip"]').is_disabled()
    assert page.evaluate("location.hash") == "#with=test-tonic,test-graft,test-pill,test-waiting"
    heads = page.locator("#short thead a").all_inner_texts()
    again = watched.open(f"small/site/compare.html{page.evaluate('location.hash')}")
    assert again.locator("#short thead a").all_inner_texts() == heads
    again.locator("#without .remove").first.click()
    assert again.locator("#short thead th").count() == 3
    assert again.evaluate("location.hash") == "#with=test-graft,test-pill,test-waiting"


def test_comparing_by_keyboard(watched: Watched) -> None:
    page = watched.open("small/site/compare.html")
    page.locator("#chooser summary").focus()
    chosen = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        if chosen < 2 and page.evaluate("document.activeElement.type") == "checkbox":
            page.keyboard.press("Space")
            chosen += 1
    assert page.locator("#short thead th").count() == 2
    assert "with=" in page.evaluate("location.hash")


def test_compare_page_tells_what_the_documents_tell(watched: Watched, catalogue: hairtx.Catalogue) -> None:
    page = watched.open("site/compare.html#with=prp,oral-finasteride&for=androgenetic-alopecia")
    names = ["prp", "oral-finasteride"]
    document = hairtx.compare(catalogue, names, condition="androgenetic-alopecia", view="table")
    assert not page.locator("#held").is_visible()
    unfolded(page)

    def plain(text: str) -> str:
        return " ".join(
            re.sub(r"\[?\d+\]?(?=\s|\Z|\[)", "", text.replace("\u00a0", " ").replace("\u2011", "-")).split()
        )

    # The answer first, every row of it, then the table.
    for table, rows, keys in (
        ("#short", document.answer, [row.key for row in document.answer]),
        ("#held", document.rows, ["summary", "downtime", "schedule", "effects", "cautions"]),
    ):
        shown = {
            row.locator("th").inner_text(): row.locator("td").all_inner_texts()
            for row in page.locator(f"{table} tbody tr:not(.part)").all()
        }
        by_key = {row.key: row for row in rows}
        for key in keys:
            # The page tells men and women in one row, whatever is chosen.
            label = by_key[key].label if not key.startswith("effects-") else "Does it work?"
            for cell, text in zip(by_key[key].cells, shown[label], strict=True):
                for item in cell.items:
                    assert "hairtx show" in item.text or plain(item.text) in plain(text)
    numbers = page.locator("#main .ref:visible").all_inner_texts()
    assert sorted({int(one) for one in numbers}) == list(range(1, page.locator(".reflist > li").count() + 1))
    assert page.locator(".untreated:visible").count() == 1
    lead = page.locator("#leaf .first:visible").inner_text()
    assert "Doing nothing" in lead
    assert "See a doctor first if" in lead


def test_links_within_the_compare_page_keep_the_choice(watched: Watched) -> None:
    page = watched.open("small/site/compare.html#with=test-tonic,test-pill")
    address = page.evaluate("location.hash")
    page.locator("#short a.ref").first.click()
    assert page.evaluate("location.hash") == address
    assert page.evaluate("document.activeElement.closest('.reflist') !== null")
    assert page.locator(".reflist").is_visible()


def test_condition_can_be_changed_and_is_in_the_address(watched: Watched) -> None:
    page = watched.open("small/site/compare.html#with=test-tonic,test-pill")
    assert page.input_value("#for") == "test-thinning"
    page.select_option("#for", "test-patches")
    assert "for=test-patches" in page.evaluate("location.hash")
    assert "patches" in page.locator("#leaf .first:visible h2").inner_text()
    page.select_option("#for", "all")
    assert page.locator(".untreated:visible, #leaf .first:visible").count() == 0
    assert page.locator("#short .about").count() > 2


@pytest.mark.parametrize(
    "address",
    [
        "#with=nothing,test-tonic",
        "#with=%3Cimg%20src=x%20onerror=alert(1)%3E,test-tonic&for=%22%3E",
        "#with=&for=x",
        "#=",
        "#%E0%A4%A",
    ],
)
def test_address_that_makes_no_sense_does_no_harm(address: str, watched: Watched) -> None:
    for name in ("compare", "index"):
        page = watched.open(f"small/site/{name}.html{address}")
        assert page.evaluate("document.images.length") == 0
        assert page.locator("h1").is_visible()


def test_without_script_everything_is_listed(browser: Any, folder: Path, catalogue: hairtx.Catalogue) -> None:
    watched = Watched(browser, folder.as_uri(), java_script_enabled=False)
    page = watched.open("site/index.html")
    assert page.locator(".tile[data-key]:visible").count() == len(catalogue)
    assert page.locator("#filters").is_hidden()
    for name in ("claims", "sources"):
        page = watched.open(f"site/{name}.html")
        assert page.locator("#find").is_hidden()
        rows = page.locator(".block tbody > tr, .entry")
        assert page.locator(".block tbody > tr:visible, .entry:visible").count() == rows.count() > 100
    page = watched.open("site/compare.html")
    assert page.locator(".piece:visible").count() == len(catalogue)
    page = watched.open("three.html")
    assert page.locator("table.answer tbody tr:visible").count() > 10
    page.locator("#table > summary").click()
    assert page.locator("table.compare tbody tr:visible").count() > 15
    watched.context.close()
    assert watched.requests == []


def test_site_works_from_a_web_server_in_a_subfolder(browser: Any, folder: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        watched = Watched(browser, f"http://127.0.0.1:{server.server_port}")
        page = watched.open("small/site/index.html")
        page.locator(".tile[data-key] h3 a").first.click()
        page.wait_for_url(re.compile("/treatments/"))
        page.locator("a.button").click()
        page.wait_for_url(re.compile(r"compare\.html#with="))
        page.locator('#chooser input[value="test-pill"]').check()
        assert page.locator("#short thead th").count() == 2
        for name in ("Conditions", "Claims", "Sources", "About", "Treatments"):
            page.locator(".masthead nav").get_by_text(name, exact=True).click()
            assert page.locator("h1").is_visible()
        watched.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_screenshots(browser: Any, folder: Path) -> None:
    wanted = os.environ.get("HAIRTX_SCREENSHOTS")
    if not wanted:
        pytest.skip("written only on request: HAIRTX_SCREENSHOTS=FOLDER")
    target = Path(wanted)
    watched = Watched(browser, folder.as_uri(), viewport={"width": 1180, "height": 860})
    page = watched.open("three.html")
    page.screenshot(path=target / "page.png")
    assert (target / "page.png").stat().st_size < 300_000
    watched.close()
