"""Bytes of catalogue files, and the names they go by in messages. What the bytes mean is ``decoding``'s business."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from hairtx.errors import CatalogueError, Problem, spelled_out

__all__ = ["MAX_BYTES", "display_name", "read_bytes"]

MAX_BYTES: Final = 128 * 1024 * 1024


def display_name(path: Path) -> str:
    """The shortest honest name: relative to the working folder where that is shorter.

    A name is written by whoever named the file. What could steer a terminal, or is no text at all, is spelled out.
    """
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        relative = str(path)
    return spelled_out(min(relative, str(path), key=len))


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of bounded size.

    Raises:
        CatalogueError: the file is missing, unreadable, too large, or not a regular file (a pipe would never end).
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _unreadable(path, "is not a regular file; give a YAML file")
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _unreadable(path, f"cannot be read ({reason}); check the name and the permissions") from None
    return content


def _unreadable(path: Path, what: str) -> CatalogueError:
    return CatalogueError([Problem(display_name(path), 1, 1, "file", f"the file {what}")])
