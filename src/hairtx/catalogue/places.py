"""Where files lie: the built-in catalogue, those that are laid over it (named on the command line, in the environment,
in the per-user config folder), and the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import platformdirs
from msgspec import Struct

from hairtx.errors import CatalogueError, HairtxError, Problem
from hairtx.files import display_name

__all__ = [
    "BUILTIN_FILES",
    "ENVIRONMENT",
    "MAX_FILES",
    "Place",
    "builtin_folder",
    "cache_folder",
    "catalogue_files",
    "config_folder",
    "holds_yaml",
    "is_there",
    "layered",
    "overlay_places",
    "overlays",
]

#: The files of the built-in catalogue, in the order in which problems are reported.
BUILTIN_FILES: Final = ("about.yaml", "vocabulary.yaml", "sources.yaml", "treatments.yaml")
#: The environment variable that names further catalogues, separated as in ``PATH``.
ENVIRONMENT: Final = "HAIRTX_CATALOGUE"
SUFFIXES: Final = frozenset({".yaml", ".yml"})
#: Bounds on a folder: enough for any catalogue, small enough that a mistaken ``--catalogue /`` ends at once.
MAX_FILES: Final = 500
MAX_FOLDERS: Final = 2_000

Role = Literal["config", "environment", "option"]


class Place(Struct, frozen=True):
    """Somewhere a catalogue is looked for."""

    role: Role
    path: Path

    @property
    def is_optional(self) -> bool:
        """Whether it may be missing: nobody named the config folder."""
        return self.role == "config"


def builtin_folder() -> Path:
    """Where the catalogue that comes with the program lies: inside the wheel, or beside ``src`` in a checkout.

    Raises:
        HairtxError: the program is run from within an archive.
    """
    package = Path(__file__).parent.parent
    if not package.is_dir():
        archive = display_name(next(one for one in package.parents if one.exists()))
        what_to_do = "install hairtx with pip, or unpack it"
        raise HairtxError(f"the catalogue cannot be read from within the archive {archive}; {what_to_do}")
    inside = package / "data"
    return inside if inside.is_dir() else package.parent.parent / "data"


def config_folder() -> Path | None:
    """The per-user config folder, or None where there is no home."""
    return _user_folder(platformdirs.user_config_path)


def cache_folder() -> Path | None:
    """The folder for what was parsed, or None where caching is switched off or there is no home."""
    if os.environ.get("HAIRTX_NO_CACHE", "") not in {"", "0"}:
        return None
    return _user_folder(platformdirs.user_cache_path)


def _user_folder(path_of: Callable[..., Path]) -> Path | None:
    try:
        folder = path_of("hairtx", appauthor=False)
    except (OSError, RuntimeError, KeyError):
        return None
    # Without a home, "~" may stay as it is and would name a folder below the working folder.
    return folder if folder.is_absolute() else None


def overlay_places(named: Sequence[Path] = (), environ: Mapping[str, str] | None = None) -> list[Place]:
    """Every place, in the order in which they are laid over the built-in catalogue: the last one wins.

    Args:
        named: what the command line names.
        environ: the environment; the process's own if not given.
    """
    places: list[Place] = []
    folder = config_folder()
    if folder is not None:
        places.append(Place("config", folder))
    written = (os.environ if environ is None else environ).get(ENVIRONMENT, "")
    places += [Place("environment", _at_home(Path(part))) for part in written.split(os.pathsep) if part.strip()]
    places += [Place("option", _at_home(path)) for path in named]
    return places


def _at_home(path: Path) -> Path:
    """The path with a leading ``~`` read as the home folder: no shell does that behind ``=`` or within quotes."""
    if not path.parts[:1] or not path.parts[0].startswith("~") or os.path.lexists(path.parts[0]):
        return path
    try:
        return path.expanduser()
    except RuntimeError:
        return path  # there is no such user, and reading the file will tell


def is_there(path: Path) -> bool:
    """Whether something has that name, or a folder before it may not be entered, which reading will tell."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def overlays(named: Sequence[Path] = ()) -> list[Path]:
    """The paths to lay over the built-in catalogue, lowest first.

    Raises:
        CatalogueError: a place that somebody named does not exist.
    """
    paths: list[Path] = []
    for place in overlay_places(named):
        if is_there(place.path):
            if place.is_optional and not holds_yaml(place.path):
                continue
            paths.append(place.path)
        elif not place.is_optional:
            by = f" (named by {ENVIRONMENT})" if place.role == "environment" else ""
            try:
                place.path.lstat()
            except PermissionError:
                raise _refused(
                    place.path, f"the folder it is in may not be entered{by}; check the permissions"
                ) from None
            except (OSError, ValueError):
                raise _refused(place.path, f"there is no such file or folder{by}; check the name") from None
    return paths


def holds_yaml(folder: Path) -> bool:
    """Whether it is a file, or a folder with a YAML file in it or below; also where that cannot be told."""
    try:
        return not folder.is_dir() or next(_yaml_files(folder), None) is not None
    except OSError:
        return True  # it cannot be read, and reading it will say so


def layered(files: Sequence[Path] | None, overlays: Sequence[Path]) -> tuple[list[Path], tuple[int, ...]]:
    """Every file to read and the layer it belongs to, 0 for the built-in ones (or ``files``).

    Raises:
        CatalogueError: an overlay is a folder that cannot be read or holds no YAML file.
    """
    paths = [builtin_folder() / name for name in BUILTIN_FILES] if files is None else list(files)
    layers = [0] * len(paths)
    for number, overlay in enumerate(overlays, start=1):
        found = catalogue_files(overlay)
        paths += found
        layers += [number] * len(found)
    return paths, tuple(layers)


def catalogue_files(path: Path) -> tuple[Path, ...]:
    """The file itself, or the YAML files in a folder and the folders below it, sorted by path.

    Names that begin with a dot are passed over. A folder reached twice through symbolic links is read once.

    Raises:
        CatalogueError: the folder cannot be read, or holds no YAML file or far too many.
    """
    try:
        if not path.is_dir():
            return (path,)
        found = sorted(_yaml_files(path))
    except OSError as error:
        raise _refused(path, f"it cannot be read ({error.strerror}); check the permissions") from None
    if not found:
        raise _refused(path, "the folder holds no .yaml file; name a file, or put one there")
    return tuple(found)


def _yaml_files(top: Path) -> Iterator[Path]:
    waiting, seen, count = [top], set[tuple[int, int]](), 0
    while waiting:
        folder = waiting.pop()
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        if len(seen) > MAX_FOLDERS:
            raise _refused(top, f"there are more than {MAX_FOLDERS} folders below it; name a folder of catalogues")
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if _is_folder(entry):
                    waiting.append(Path(entry.path))
                elif Path(entry.name).suffix.lower() in SUFFIXES:
                    count += 1
                    if count > MAX_FILES:
                        raise _refused(top, f"there are more than {MAX_FILES} YAML files in it; name fewer")
                    yield Path(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads to itself: reading it as a file will tell


def _refused(path: Path, message: str) -> CatalogueError:
    return CatalogueError([Problem(display_name(path), 1, 1, "file", message)])
