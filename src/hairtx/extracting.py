"""Text out of what a seller hands over: plain text, Markdown, a saved web page, a PDF, a Word document.

Everything is bounded, nothing is executed, and no address is followed. Other formats than plain text come as lines of
Markdown: a heading begins with ``#``, an item of a list with ``-``. The libraries that read them are the extra
``hairtx[check]`` and are imported only for such a file.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from hairtx.errors import HairtxError

__all__ = ["MAX_FILE", "SUFFIXES", "UnreadableError", "lines_of"]

#: Bytes of a file, characters of its text, and pages: a brochure has far fewer.
MAX_FILE: Final = 10 * 2**20
MAX_TEXT: Final = 2_000_000
_MAX_PAGES: Final = 2_000
#: Bytes of all parts of a Word document when unpacked, as the list in it says; no part can give more than that.
_MAX_UNPACKED: Final = 50 * 2**20
#: The endings of file names that are read, each with the kind that it says.
SUFFIXES: Final = {
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
#: What a file begins with that is not what its name says.
_STARTS: Final = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "docx"))
_HTML: Final = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_NEW_LINE: Final = re.compile(r"\r\n?|\n")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: Elements of a page that nobody reads, or that belong to the site and not to the text.
_UNREAD_WORDS: Final = """
script style noscript template svg math iframe object nav button select head
"""
_UNREAD: Final = frozenset(_UNREAD_WORDS.split())
#: Elements within a line; all others begin a new one.
_INLINE_WORDS: Final = """
a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup
time tt u var wbr
"""
_INLINE: Final = frozenset(_INLINE_WORDS.split())
_STARTS_OF_LINES: Final = {"li": "- "} | {f"h{depth}": f"{'#' * depth} " for depth in range(1, 7)}


class UnreadableError(HairtxError):
    """A file that no text can be taken out of. The message says why, in one line."""


def lines_of(content: bytes, *, name: str = "-") -> list[str]:
    """The lines of a text, in order.

    Args:
        content: the file's bytes.
        name: the file's name, for its ending and for messages; ``-`` for what has none.

    Returns:
        The lines without their ends. Of plain text they are the file's own, so that places can be named by line.

    Raises:
        UnreadableError: it is too large, no text, broken or locked, or what reads it is not installed.
    """
    if len(content) > MAX_FILE:
        raise UnreadableError(f"{name} is larger than {MAX_FILE // 2**20} MB; give the part that is meant")
    kind = _kind(content, name)
    try:
        lines = list(_bounded(_READERS[kind](content, name), name))
    except ModuleNotFoundError:
        raise UnreadableError(f"{name} is read by an extra; install it with: pip install 'hairtx[check]'") from None
    if not any(line.strip() for line in lines):
        hint = "; pages that were scanned have none" if kind == "pdf" else ""
        raise UnreadableError(f"{name} has no text in it{hint}")
    return lines


def _kind(content: bytes, name: str) -> str:
    starts = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    if starts is not None:
        return starts
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    known = SUFFIXES.get(suffix, "html" if _HTML.match(content[:4096]) else "text")
    if known in {"pdf", "docx"}:
        raise UnreadableError(f"{name} is no {known.upper()} file, whatever its name says; save it anew")
    return known


def _bounded(lines: Iterable[str], name: str) -> Iterator[str]:
    size = 0
    for line in lines:
        size += len(line)
        if size > MAX_TEXT:
            raise UnreadableError(f"{name} has more than {MAX_TEXT:,} characters of text; give the part that is meant")
        yield line


def _text(content: bytes, name: str) -> Iterator[str]:
    text = _decoded(content)
    if text is None or len(_CONTROL.findall(text)) > len(text) // 1000:
        raise UnreadableError(f"{name} is no text; save it as .txt, .md, .html, .pdf or .docx")
    return iter(_NEW_LINE.split(text))


def _decoded(content: bytes) -> str | None:
    marked = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for encoding in (marked, "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _html(content: bytes, name: str) -> Iterator[str]:
    from lxml import etree

    try:
        content.decode()
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # what the page itself says
    # Depth is bounded by libxml2 itself, so that no page takes more than linear time.
    parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"{name} is no web page that can be read ({error})") from None
    return iter(()) if root is None else _lines_of_page(root, etree)


def _lines_of_page(root: Any, etree: Any) -> Iterator[str]:
    line: list[str] = []
    start = ""

    def ended() -> Iterator[str]:
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            yield f"{start}{text}"

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNREAD:
                walk.skip_subtree()
                continue
            if tag not in _INLINE:
                yield from ended()
                start = _STARTS_OF_LINES.get(tag, start if tag in {"p", "div"} else "")
            line.append(element.text or "")
        else:
            if tag not in _INLINE and tag not in _UNREAD:
                yield from ended()
                start = ""
            line.append(element.tail or "")
    yield from ended()


def _pdf(content: bytes, name: str) -> Iterator[str]:
    import pypdf

    # What is wrong with a file is told once, by us.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with _told(name, "PDF file"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted
        pages = () if locked else reader.pages
        count = len(pages)
    if locked:
        raise UnreadableError(f"{name} is locked with a password; save a copy without one")
    if count > _MAX_PAGES:
        raise UnreadableError(f"{name} has more than {_MAX_PAGES:,} pages; give the part that is meant")
    for number in range(count):
        with _told(name, "PDF file"):
            text = pages[number].extract_text()
        yield from _NEW_LINE.split(text)
        yield ""


def _docx(content: bytes, name: str) -> Iterator[str]:
    import zipfile

    import docx

    with _told(name, "Word document"), zipfile.ZipFile(io.BytesIO(content)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    # Before anything is unpacked: a few kilobytes can claim gigabytes.
    if unpacked > _MAX_UNPACKED:
        raise UnreadableError(f"{name} would unpack to more than {_MAX_UNPACKED // 2**20} MB; save it as .txt")
    with _told(name, "Word document"):
        lines = list(_lines_of_document(docx.Document(io.BytesIO(content))))
    return iter(lines)


def _lines_of_document(document: Any) -> Iterator[str]:
    for one in document.iter_inner_content():
        if hasattr(one, "rows"):
            for row in one.rows:
                yield " | ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
            continue
        style = (one.style.name or "") if one.style is not None else ""
        start = "# " if style.startswith(("Heading", "Title")) else "- " if style.startswith("List") else ""
        yield from (f"{start}{text}" if text.strip() else "" for text in _NEW_LINE.split(one.text))


@contextlib.contextmanager
def _told(name: str, kind: str) -> Iterator[None]:
    """A broken file can make any error come out of a library."""
    try:
        yield
    except (ModuleNotFoundError, UnreadableError):
        raise
    except Exception as error:  # noqa: BLE001  # see above: the file is at fault, whatever it is
        told = " ".join(str(error).split())[:80] or type(error).__name__
        raise UnreadableError(f"{name} cannot be read as a {kind} ({told}); save it anew, or as .txt") from None


_READERS: Final = {"text": _text, "html": _html, "pdf": _pdf, "docx": _docx}
