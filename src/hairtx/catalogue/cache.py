"""Parsed catalogues, kept in the per-user cache folder under what the file system says of the files they came from.

A cache only saves time. Anything unexpected about it (missing, foreign, truncated, writable by others, written by
another version) is treated as if it were not there, and no error of the file system ever reaches the user from here.
Payloads are msgpack decoded into the model: data, never code.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from hairtx.catalogue.places import cache_folder
from hairtx.errors import OutputError
from hairtx.files import is_left_over, write_atomically
from hairtx.version import __version__

__all__ = ["cache_key", "read_cached", "write_cached"]

_MAGIC: Final = b"hairtx-cache-2\n"
_SUFFIX: Final = ".msgpack"
_CHECKSUM_SIZE: Final = 4
#: Bounds on what the folder may hold; the files used longest ago go first.
MAX_FILES: Final = 12
MAX_TOTAL_BYTES: Final = 256 * 1024 * 1024
#: Two changes within one tick of a file system's clock look alike, and the slowest ticks every two seconds.
SETTLED_SECONDS = 2.0


def cache_key(paths: Iterable[Path], roles: str = "") -> bytes | None:
    """What stands for the content of these files, for their roles, and for the code of this layer that reads them.

    The content is known by device, inode, size and both dates, as git knows it. The date of a file's last change of any
    kind cannot be set by hand, so that no other content is ever taken for it. None if that is not to be relied on: a
    file is not there, is no regular file, or was changed just now.

    Args:
        paths: the files, in their order.
        roles: whatever else the outcome depends on.
    """
    try:
        files = [path.stat() for path in paths]
    except (OSError, ValueError):
        return None
    latest = max(file.st_ctime for file in files)
    if latest > time.time() - SETTLED_SECONDS or not all(stat.S_ISREG(file.st_mode) and file.st_ino for file in files):
        return None
    code = ((name, _known_by(status)) for name, status in _modules(Path(__file__).parent))
    versions = (__version__, msgspec.__version__)
    return repr((versions, roles, [*map(_known_by, files)], *sorted(code))).encode()


def _known_by(file: os.stat_result) -> tuple[int, ...]:
    return file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns


def _modules(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield f"{folder.name}/{entry.name}", entry.stat()
            elif entry.is_dir():
                yield from _modules(Path(entry.path))


def read_cached(key: bytes) -> memoryview | None:
    """The payload kept under ``key``, or None."""
    folder = cache_folder()
    if folder is None or not hasattr(os, "getuid"):
        return None
    try:
        descriptor = os.open(folder / _name(key), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not (_is_private(os.fstat(descriptor), stat.S_ISREG) and _is_private(folder.stat(), stat.S_ISDIR)):
                return None
            content = file.read()
    except (OSError, ValueError):
        return None
    start = len(_head(key, b""))
    payload = memoryview(content)[start:]  # not copied: it is some megabytes
    return payload if content[:start] == _head(key, payload) else None


def write_cached(key: bytes, payload: bytes) -> None:
    """Keep ``payload`` under ``key`` if that is possible."""
    folder = cache_folder()
    if folder is None or not hasattr(os, "getuid") or len(payload) > MAX_TOTAL_BYTES // 2:
        return
    with contextlib.suppress(OSError, ValueError, OutputError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder.stat(), stat.S_ISDIR):
            return
        write_atomically(folder / _name(key), payload, head=_head(key, payload), mode=0o600)
        _shrink(folder)


def _name(key: bytes) -> str:
    """A name for the file; that another key has the same costs time and no more, as the file holds its key."""
    return f"{zlib.crc32(key):08x}{_SUFFIX}"


def _head(key: bytes, payload: bytes | memoryview) -> bytes:
    return _MAGIC + zlib.crc32(payload).to_bytes(_CHECKSUM_SIZE, "big") + key


def _is_private(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Ours, of the right kind, and not writable by anybody else."""
    return is_kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _shrink(folder: Path) -> None:
    kept: list[tuple[float, int, Path]] = []
    for path in folder.iterdir():
        if is_left_over(path):
            # By a run that was killed while it wrote.
            with contextlib.suppress(OSError):
                path.unlink()
        elif path.suffix == _SUFFIX:
            status = path.lstat()
            kept.append((status.st_mtime, status.st_size, path))
    kept.sort(reverse=True)
    total = 0
    for number, (_, size, path) in enumerate(kept):
        total += size
        if number >= MAX_FILES or total > MAX_TOTAL_BYTES:
            with contextlib.suppress(OSError):
                path.unlink()
