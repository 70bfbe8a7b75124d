"""Reading files of bounded size, and writing them so that a failure never costs what was there before."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from hairtx.errors import CatalogueError, OutputError, Problem, spelled_out

__all__ = [
    "MAX_BYTES",
    "display_name",
    "is_left_over",
    "read_bytes",
    "too_large",
    "write_atomically",
    "write_folder_atomically",
    "write_new",
]

#: No catalogue needs more.
MAX_BYTES: Final = 128 * 2**20

#: Lists what a folder was written with. Only a folder that holds this and nothing else is ever replaced.
_MANIFEST = ".hairtx-files"
#: How much of a name goes into that of what is to take its place, which is bounded too.
_NAME_KEPT: Final = 40
_PASSING: Final = re.compile(r"\.(?P<name>.+)\.[0-9a-f]+-[0-9a-f]{12}\.(?P<what>part|old)", re.DOTALL)
#: Where pipes can be waited for, they are not.
_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)


def display_name(path: Path) -> str:
    """The shortest honest name: relative to the working folder where that is shorter.

    A name is written by whoever named the file. What could steer a terminal, or is no text at all, is spelled out.
    """
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        relative = str(path)
    return spelled_out(min(relative, str(path), key=len))


def read_bytes(path: Path, *, wanted: str = "a YAML file") -> bytes:
    """The bytes of a regular file of bounded size.

    Args:
        path: the file.
        wanted: what to give instead of something that is no file.

    Raises:
        CatalogueError: the file is missing, unreadable, too large, or not a regular file (a pipe would never end).
    """

    def refused(check: str, what: str) -> CatalogueError:
        return CatalogueError([Problem(display_name(path), 1, 1, check, f"the file {what}")])

    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise refused("file", f"is not a regular file; give {wanted}")
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused("file", f"cannot be read ({reason}); check the name and the permissions") from None
    if len(content) > MAX_BYTES:
        raise too_large(path)
    return content


def too_large(path: Path) -> CatalogueError:
    """What is said of more bytes than :data:`MAX_BYTES`."""
    message = f"the file is larger than {MAX_BYTES // 2**20} MiB; split it"
    return CatalogueError([Problem(display_name(path), 1, 1, "size", message)])


def write_atomically(path: Path, content: bytes, *, head: bytes = b"", mode: int | None = None) -> None:
    """Put ``content`` at ``path``, whole or not at all.

    The content goes to a new file in the same folder, which then takes the place of the old one and keeps its
    permissions. Through a symbolic link the file that the link leads to is replaced. A device or pipe cannot be
    replaced and is written to directly.

    Args:
        path: the target.
        content: everything it shall hold.
        head: what comes before that; joining the two would take twice the memory.
        mode: permission bits for a new file; the umask's default if not given.

    Raises:
        OutputError: with one line that says what to do. What was there before is untouched.
    """
    try:
        before = _status(path)
        if before is not None and stat.S_ISDIR(before.st_mode):
            raise OutputError(f"cannot write {path}: it is a folder; name a file in it")
        if before is not None and not stat.S_ISREG(before.st_mode):
            # By its own name: what /dev/stdout leads to may be a pipe, which has no name of its own.
            _write_through(path, head + content)
            return
        target = Path(os.path.realpath(path))
        if before is not None and not os.access(target, os.W_OK):
            raise OutputError(f"cannot write {path}: the file is write-protected; choose another name")
        _put(target, (head, content), stat.S_IMODE(before.st_mode) if before is not None else mode, _replace)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {_reason(error, path)}") from None
    except ValueError as error:
        raise OutputError(f"cannot write {str(path)!r}: {error}") from None


def write_new(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, where nothing may be yet; whole or not at all.

    Raises:
        OutputError: there is something at ``path`` already, or it cannot be written.
    """
    try:
        # A link that leads nowhere takes the name too.
        if not os.path.lexists(path):
            _put(path, (content,), None, _link)
            return
    except FileExistsError:
        pass
    except OSError as error:
        raise OutputError(f"cannot write {path}: {_reason(error, path)}") from None
    except ValueError as error:
        raise OutputError(f"cannot write {str(path)!r}: {error}") from None
    raise OutputError(f"cannot write {path}: it is already there; choose another name or move it away")


def _replace(temporary: Path, target: Path) -> None:
    """Take the place of a file, or of nothing; a device or a pipe that stands there by now would be lost for good."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(target.lstat().st_mode):
            raise OutputError(f"cannot write {target}: it is not a file; choose another name")
    os.replace(temporary, target)


def _link(temporary: Path, target: Path) -> None:
    """Give the file its name unless somebody else has just taken it."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: the name is taken first, and the whole file then put in its place.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        _replace(temporary, target)
    else:
        os.unlink(temporary)


def write_folder_atomically(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Put a folder with these files at ``folder``, whole or not at all.

    The files go to a new folder beside it, which takes its place when the last one is written. A folder is replaced
    only if an earlier call wrote it and nothing was added since; anything else in it could be dear to someone. What a
    call that was killed left beside the target is undone first.

    Args:
        folder: the target. Through a symbolic link, the folder that the link leads to is replaced.
        files: paths within the folder, with ``/`` between parts, and what they hold.

    Raises:
        OutputError: with one line that says what to do. What was there before is untouched.
    """
    try:
        target = Path(os.path.realpath(folder))
        _recover(target)
        _refuse_foreign(folder, target)
        temporary = _passing(target)
        temporary.mkdir()
        try:
            with _held(temporary):
                _fill(temporary, files)
                _swap(temporary, target)
        except BaseException:
            _discard(temporary)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {_reason(error, folder)}") from None
    except ValueError as error:
        raise OutputError(f"cannot write {str(folder)!r}: {error}") from None


def _refuse_foreign(folder: Path, target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"cannot write {folder}: it is a file; name a folder")
    if Path.cwd().is_relative_to(target):
        raise OutputError(f"cannot write {folder}: it is the folder you are in; name another one, such as site")
    foreign = _foreign(target)
    if foreign:
        raise OutputError(f"cannot write {folder}: it holds {foreign[0]!r}, which is not ours; choose another folder")


def _foreign(folder: Path) -> list[str]:
    """What a folder holds that is not on the list of what it was written with."""
    present = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_symlink() or not one.is_dir()}
    manifest = folder / _MANIFEST
    known = set(manifest.read_text(encoding="utf-8").splitlines()) if _MANIFEST in present else set()
    return sorted(present - known - {_MANIFEST})


def _recover(target: Path) -> None:
    """Undo what a run that was killed left: bring back the folder if it was between its two renames, and remove the
    rest. Only what is provably ours is touched: named as we name, with a list of all that is in it, and in no use."""
    # Longer names are cut short, so that they could be another's.
    if len(target.name) > _NAME_KEPT:
        return
    with contextlib.suppress(OSError, ValueError):
        left = {
            one: found["what"]
            for one in target.parent.iterdir()
            if (found := _PASSING.fullmatch(one.name)) and found["name"] == target.name
            if (one / _MANIFEST).is_file() and not _foreign(one) and is_left_over(one)
        }
        old = [one for one, what in left.items() if what == "old"]
        if old and not os.path.lexists(target):
            last = max(old, key=lambda one: one.stat().st_ctime_ns)
            last.rename(target)
            del left[last]
        for one in left:
            _discard(one)


def _fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    # Every name is on the list before there is such a file, so that what a killed run leaves can be told to be ours.
    with (folder / _MANIFEST).open("x", encoding="utf-8", newline="\n") as manifest:
        for name, content in files:
            manifest.write(f"{name}\n")
            manifest.flush()
            path = folder / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            # To wait for the disk at each of a thousand pages takes as long as making them, which can be done again.
            path.write_bytes(content)


def _swap(temporary: Path, target: Path) -> None:
    old = temporary.with_suffix(".old")
    try:
        target.rename(old)
    except FileNotFoundError:
        temporary.rename(target)
        return
    try:
        temporary.rename(target)
    except BaseException:
        old.rename(target)
        raise
    _discard(old)


def _discard(folder: Path) -> None:
    """Remove a folder of ours, its list last, so that it can still be told to be ours if this is cut short."""
    with contextlib.suppress(OSError):
        for one in folder.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            elif one.name != _MANIFEST:
                one.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _passing(target: Path) -> Path:
    """A name beside the target for what is to take its place."""
    return target.parent / f".{target.name[:_NAME_KEPT]}.{os.getpid():x}-{os.urandom(6).hex()}.part"


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Marks a file or folder as in use. The mark goes with this process, however that ends."""
    if sys.platform == "win32":  # has no such marks
        yield
        return
    import fcntl

    with contextlib.ExitStack() as opened:
        # Where it cannot be marked, nothing can be taken for left over either.
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            opened.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def is_left_over(path: Path) -> bool:
    """Whether this is named as what is to take another's place, and no living process is about to do that.

    False where it cannot be told.
    """
    if sys.platform == "win32" or not _PASSING.fullmatch(path.name):
        return False
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write_through(target: Path, content: bytes) -> None:
    # A pipe that nobody reads is refused rather than waited for; one that is read slowly gets the time it needs.
    descriptor = os.open(target, os.O_WRONLY | _NO_WAIT)
    with open(descriptor, "wb") as file:
        if _NO_WAIT:
            os.set_blocking(descriptor, True)
        file.write(content)


def _put(target: Path, parts: Iterable[bytes], mode: int | None, place: Callable[[Path, Path], None]) -> None:
    # A name of our own instead of the tempfile module's: importing that costs more than the write.
    temporary = _passing(target)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with _held(temporary):
            with open(descriptor, "wb") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, mode if mode is not None else 0o666 & ~_umask())
            place(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


def _reason(error: OSError, path: Path) -> str:
    match error:
        case FileNotFoundError() if path.parent.is_dir():
            return "nothing can be made in that folder; choose another place"
        case FileNotFoundError() | NotADirectoryError():
            return f"the folder {path.parent} does not exist; make it first"
        case PermissionError():
            return "permission denied; choose a place where you may write"
    return f"{(error.strerror or str(error)).lower()}; choose another place"
