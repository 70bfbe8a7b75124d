"""Where an entry of a catalogue comes from, when that is not the built-in one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = ["Origin"]


class Origin(Struct, frozen=True):
    """How an entry that is not the built-in one came about, and the files it is written in, as shown to people."""

    #: ``added``: there is no built-in entry with that id. ``replaced``: this stands in its place. ``changed``: the
    #: built-in entry, with some fields written anew.
    kind: Literal["added", "replaced", "changed"]
    files: tuple[str, ...]

    @property
    def words(self) -> str:
        """For people: “from clinic.yaml, not built in”."""
        named = " and ".join(self.files)
        match self.kind:
            case "added":
                return f"from {named}, not built in"
            case "replaced":
                return f"from {named}, in place of the built-in entry"
        return f"built-in entry with changes from {named}"
