"""Parsed catalogues, kept in the per-user cache folder under a hash of what they were parsed from.

A cache only saves time. Anything unexpected about it (missing, foreign, truncated, writable by others, written by
another version) is treated as if it were not there, and no error of the file system ever reaches the user from here.
Payloads are msgpack decoded into the model: data, never code.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from hairtx.catalogue.places import cache_folder
from hairtx.errors import OutputError
from hairtx.files import is_left_over, write_atomically
from hairtx.version import __version__

__all__ = ["cache_key", "read_cached", "write_cached"]

_MAGIC: Final = b"hairtx-cache-1\n"
_SUFFIX: Final = ".msgpack"
_DIGEST_SIZE: Final = 32
#: Bounds on what the folder may hold; the files used longest ago go first.
MAX_FILES: Final = 12
MAX_TOTAL_BYTES: Final = 256 * 1024 * 1024


def cache_key(contents: Iterable[bytes]) -> str:
    """A hash of the files' bytes and of what gives them their meaning: this layer's code, under the versions of the
    program and of msgspec. Dates play no part."""
    layer = Path(__file__).parent
    versions = f"hairtx {__version__} msgspec {msgspec.__version__}"
    parts = [versions.encode()]
    for module in sorted(layer.rglob("*.py")):
        parts.append(module.relative_to(layer).as_posix().encode())
        with contextlib.suppress(OSError):
            parts.append(module.read_bytes())
    digest = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    for part in (*parts, *contents):
        # With its length, so that it matters where one ends and the next begins; not joined, because it may be big.
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def read_cached(key: str) -> bytes | None:
    """The payload kept under ``key``, or None."""
    folder = cache_folder()
    if folder is None or not hasattr(os, "getuid"):
        return None
    try:
        descriptor = os.open(folder / f"{key}{_SUFFIX}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not (_is_private(os.fstat(descriptor), stat.S_ISREG) and _is_private(folder.stat(), stat.S_ISDIR)):
                return None
            content = file.read()
    except (OSError, ValueError):
        return None
    start = len(_MAGIC) + _DIGEST_SIZE
    payload = content[start:]
    if content[: len(_MAGIC)] != _MAGIC or content[len(_MAGIC) : start] != _digest(key, payload):
        return None
    return payload


def write_cached(key: str, payload: bytes) -> None:
    """Keep ``payload`` under ``key`` if that is possible."""
    folder = cache_folder()
    if folder is None or not hasattr(os, "getuid") or len(payload) > MAX_TOTAL_BYTES // 2:
        return
    with contextlib.suppress(OSError, ValueError, OutputError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder.stat(), stat.S_ISDIR):
            return
        write_atomically(folder / f"{key}{_SUFFIX}", payload, head=_MAGIC + _digest(key, payload), mode=0o600)
        _shrink(folder)


def _digest(key: str, payload: bytes) -> bytes:
    return hashlib.blake2b(payload, key=key.encode(), digest_size=_DIGEST_SIZE).digest()


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
