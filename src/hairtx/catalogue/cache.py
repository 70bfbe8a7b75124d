"""Parsed catalogues, kept in the per-user cache folder under a hash of what they were parsed from.

A cache only saves time. Anything unexpected about it (missing, foreign, truncated, writable by others, written by
another version) is treated as if it were not there, and no error of the file system ever reaches the user from here.
Payloads are msgpack decoded into the model: data, never code.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

try:
    # The very function of hashlib, without OpenSSL, which hashlib loads first and which takes longer to load
    # than everything here takes to run.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["cache_folder", "cache_key", "read_cached", "write_cached"]

_MAGIC: Final = b"hairtx-cache-1\n"
_SUFFIX: Final = ".msgpack"
_DIGEST_SIZE: Final = 32
#: Bounds on what the folder may hold; the files used longest ago go first.
MAX_FILES: Final = 12
MAX_TOTAL_BYTES: Final = 256 * 1024 * 1024


def cache_folder() -> Path | None:
    """The folder, or None where caching is switched off or there is no home."""
    if os.environ.get("HAIRTX_NO_CACHE", "") not in {"", "0"}:
        return None
    if sys.platform == "linux":
        # The XDG rule in full; platformdirs says the same here but takes longer to import than a catalogue to load.
        base = os.environ.get("XDG_CACHE_HOME", "")
        folder = base if os.path.isabs(base) else os.path.expanduser("~/.cache")
        return Path(folder, "hairtx") if os.path.isabs(folder) else None
    try:
        from platformdirs import user_cache_path

        folder = user_cache_path("hairtx", appauthor=False)
    except (OSError, RuntimeError, KeyError):
        return None
    # Without a home, "~" stays as it is and would name a folder below the working folder.
    return folder if folder.is_absolute() else None


def cache_key(contents: Iterable[bytes]) -> str:
    """A hash of the files' bytes and of the code that gives them their meaning; dates play no part."""
    digest: Any = blake2b(digest_size=_DIGEST_SIZE)
    for module in sorted(Path(__file__).parent.rglob("*.py")):
        with contextlib.suppress(OSError):
            digest.update(module.read_bytes())
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    key: str = digest.hexdigest()
    return key


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
    from hairtx.errors import OutputError
    from hairtx.files import write_atomically

    folder = cache_folder()
    if folder is None or not hasattr(os, "getuid") or len(payload) > MAX_TOTAL_BYTES // 2:
        return
    with contextlib.suppress(OSError, ValueError, OutputError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder.stat(), stat.S_ISDIR):
            return
        write_atomically(folder / f"{key}{_SUFFIX}", _MAGIC + _digest(key, payload) + payload, mode=0o600)
        _shrink(folder)


def _digest(key: str, payload: bytes) -> bytes:
    digest: bytes = blake2b(payload, key=key.encode()[:_DIGEST_SIZE], digest_size=_DIGEST_SIZE).digest()
    return digest


def _is_private(status: os.stat_result, is_kind: object) -> bool:
    """Ours, of the right kind, and not writable by anybody else."""
    return bool(
        callable(is_kind) and is_kind(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
    )


def _shrink(folder: Path) -> None:
    kept: list[tuple[float, int, Path]] = []
    for path in folder.iterdir():
        if path.suffix in {_SUFFIX, ".part"}:
            status = path.lstat()
            kept.append((status.st_mtime, status.st_size, path))
    kept.sort(reverse=True)
    total = 0
    for number, (_, size, path) in enumerate(kept):
        total += size
        if number >= MAX_FILES or total > MAX_TOTAL_BYTES:
            with contextlib.suppress(OSError):
                path.unlink()
