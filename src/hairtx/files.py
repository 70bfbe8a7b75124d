"""Reading files of bounded size, and writing them so that a failure never costs what was there before."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from hairtx.errors import CatalogueError, OutputError, Problem, spelled_out

__all__ = ["MAX_BYTES", "display_name", "read_bytes", "write_atomically", "write_folder_atomically", "write_new"]

#: No catalogue needs more.
MAX_BYTES: Final = 128 * 2**20

#: Lists what a folder was written with. Only a folder that holds this and nothing else is ever replaced.
_MANIFEST = ".hairtx-files"
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
        raise refused("size", f"is larger than {MAX_BYTES // 2**20} MiB; split it")
    return content


def write_atomically(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Put ``content`` at ``path``, whole or not at all.

    The content goes to a new file in the same folder, which then takes the place of the old one and keeps its
    permissions. Through a symbolic link the file that the link leads to is replaced. A device or pipe cannot be
    replaced and is written to directly.

    Args:
        path: the target.
        content: everything it shall hold.
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
            _write_through(path, content)
            return
        target = Path(os.path.realpath(path))
        if before is not None and not os.access(target, os.W_OK):
            raise OutputError(f"cannot write {path}: the file is write-protected; choose another name")
        _put(target, content, stat.S_IMODE(before.st_mode) if before is not None else mode, _replace)
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
            _put(path, content, None, _link)
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
    only if an earlier call wrote it and nothing was added since; anything else in it could be dear to someone.

    Args:
        folder: the target. Through a symbolic link, the folder that the link leads to is replaced.
        files: paths within the folder, with ``/`` between parts, and what they hold.

    Raises:
        OutputError: with one line that says what to do. What was there before is untouched.
    """
    try:
        target = Path(os.path.realpath(folder))
        _refuse_foreign(folder, target)
        temporary = _name_beside(target)
        temporary.mkdir()
        try:
            _fill(temporary, files)
            _swap(temporary, target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
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
    present = {one.relative_to(target).as_posix() for one in target.rglob("*") if one.is_symlink() or not one.is_dir()}
    if not present:
        return
    manifest = target / _MANIFEST
    known = set(manifest.read_text(encoding="utf-8").splitlines()) if _MANIFEST in present else set()
    foreign = sorted(present - known - {_MANIFEST})
    if foreign:
        raise OutputError(f"cannot write {folder}: it holds {foreign[0]!r}, which is not ours; choose another folder")


def _fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    names = []
    for name, content in (*files, ("", b"")):
        path = folder / (PurePosixPath(name) if name else _MANIFEST)
        path.parent.mkdir(parents=True, exist_ok=True)
        names.append(name)
        with path.open("xb") as file:
            file.write(content if name else "\n".join(sorted(names[:-1])).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


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
    shutil.rmtree(old, ignore_errors=True)


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


def _put(target: Path, content: bytes, mode: int | None, place: Callable[[Path, Path], None]) -> None:
    temporary = _name_beside(target)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode if mode is not None else 0o666 & ~_umask())
        place(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _name_beside(target: Path) -> Path:
    # A name of our own instead of the tempfile module's: importing that costs more than the write.
    return target.parent / f".{target.name[:40]}.{os.getpid():x}-{os.urandom(6).hex()}.part"


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
