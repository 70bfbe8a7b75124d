"""The program: commands by name, imported only when run, and what happens when something goes wrong."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from hairtx.catalogue.names import find, folded, named, nearest_names
from hairtx.cli.options import CatalogueOption, OnlyOption
from hairtx.errors import HairtxError, UnknownNameError, UsageError, spelled_out
from hairtx.version import __version__

__all__ = ["COMMANDS", "app", "load_command", "main"]

#: Name of each command: the module that has it, and the line that ``--help`` shows. In the order of help.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "compare": ("hairtx.cli.compare", "Compare treatments side by side."),
    "list": ("hairtx.cli.listing", "List the catalogue, from least to most invasive."),
    "show": ("hairtx.cli.show", "Show everything about one treatment."),
    "export": ("hairtx.cli.export", "Write a comparison as a document."),
    "site": ("hairtx.cli.site", "Write the whole catalogue as a small static web site."),
    "screen": ("hairtx.cli.screen", "Show what treatments list for something about you."),
    "check": ("hairtx.cli.check", "Hold a brochure's claims against what is shown."),
    "claims": ("hairtx.cli.claims", "Hold what is claimed against what is shown."),
    "sources": ("hairtx.cli.sources", "List the sources and what they were used for."),
    "conditions": ("hairtx.cli.conditions", "Show a condition, its course untreated and its warning signs."),
    "about": ("hairtx.cli.about", "Show the edition, its method, funding and limits."),
    "plan": ("hairtx.cli.plan", "Lay out sessions by date, for a calendar too."),
    "timeline": ("hairtx.cli.timeline", "Draw sessions and results on one axis of time."),
    "effects": ("hairtx.cli.effects", "Draw measured effects with their uncertainty."),
    "validate": ("hairtx.cli.validate", "Report every problem in a catalogue."),
    "new": ("hairtx.cli.new", "Write a starter entry to fill in."),
    "schema": ("hairtx.cli.schema", "Print the JSON Schema of catalogue files."),
    "paths": ("hairtx.cli.paths", "Show where catalogues are looked for."),
}
#: What people type for the options of that name.
_WORDS: Final = ("help", "version")
#: What people type for an option, and what it may be: the first that the command has.
_MEANT_OPTIONS: Final = {
    **dict.fromkeys(("--women", "--woman", "--female"), ("--sex female",)),
    **dict.fromkeys(("--men", "--man", "--male"), ("--sex male",)),
    **dict.fromkeys(("--cost", "--costs", "--price", "--prices"), ("--rows price", "--sort cost")),
    **dict.fromkeys(("--risks", "--side-effects", "--harms"), ("--rows harm",)),
    **dict.fromkeys(("--condition", "--disease"), ("--for CONDITION",)),
    **dict.fromkeys(("--years", "--months", "--time"), ("--horizon TIME",)),
    **dict.fromkeys(("--country", "--currency"), ("--region REGION",)),
    **{f"--{one}": (f"-f {one}",) for one in ("json", "html", "csv", "ics", "markdown")},
    **dict.fromkeys(("--out", "--save"), ("-o FILE",)),
}
#: What people type to get paper or a file.
_TO_PAPER: Final = frozenset(("print", "save", "download"))
CONTEXT_SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_CATALOGUE: Final = "--catalogue"
#: In the environment of a run that only says how a word may go on.
_COMPLETING: Final = "_HAIRTX_COMPLETE"
_INTERRUPTED: Final = 130
#: Characters of a line of an error message.
_LONGEST_LINE: Final = 2_000


def load_command(name: str) -> Any:
    """The click command with that name; imports its module."""
    module = import_module(COMMANDS[name][0])
    single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=dict(CONTEXT_SETTINGS))
    single.command(name, help=module.HELP)(module.command)
    command = typer.main.get_command(single)
    command.params.append(_no_pager())
    if _COMPLETING in os.environ:
        for one in command.params:
            one.shell_complete = partial(_completed_word, one.shell_complete)  # type: ignore[method-assign]
    return command


def _completed_word(complete: Callable[..., list[Any]], ctx: Any, incomplete: str) -> list[Any]:
    """What completes the value of ``--with=pr``, as a whole word for shells that complete whole words: not bash."""
    word = os.environ.get("_TYPER_COMPLETE_ARGS", "").rpartition(" ")[2]
    option, sign, _ = word.partition("=")
    items = complete(ctx, incomplete)
    if sign and option.startswith("-"):
        for one in items:
            one.value = f"{option}{sign}{one.value}"
    return items


def _no_pager() -> Any:
    """An option that every command has: its output is not handed to a pager."""

    def unset(_ctx: Any, _param: Any, wanted: bool) -> None:
        if wanted:
            os.environ["HAIRTX_PAGER"] = ""

    return TyperOption(
        param_decls=["--no-pager"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=unset,
        help="Do not send long output through a pager.",
    )


class _LazyGroup(TyperGroup):
    """Knows its commands by name and summary; a command's module is imported when that command runs."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            # Help that was not asked for is a complaint: it goes where complaints go, without being called an error.
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # click's signature
        # Asked once a command for the help page and for completion: the summary is enough there.
        if cmd_name not in COMMANDS:
            return None
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name][1])

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        first, *rest = args
        if ctx.resilient_parsing and first not in COMMANDS:
            # What is typed so far may be treatments, as it may be when it is run.
            return "compare", load_command("compare"), args
        name = named((one, [one]) for one in (*COMMANDS, *_WORDS)).get(folded(first))
        if name == "version":
            _print_version(True)
        if name == "help" and not rest:
            typer.echo(ctx.get_help())
            raise typer.Exit
        if name == "help":
            name, rest = _helped_with(ctx, rest), ["--help"]
        if name is None:
            name, rest = _meant_without_command(ctx, args), args
        return name, load_command(name), rest


def _helped_with(ctx: Any, words: Sequence[str]) -> str:
    """The command that help is wanted with.

    Raises:
        UnknownNameError: with the nearest, or the command that shows the treatment of that name.
    """
    try:
        return find(words[0], named((one, [one]) for one in COMMANDS), "command", "See 'hairtx --help'.")
    except UnknownNameError as error:
        if error.nearest:
            raise
        from hairtx.cli.options import load_catalogue

        catalogue = load_catalogue(ctx.params.get("catalogue"), only=bool(ctx.params.get("only")))
        key = catalogue.names_of("treatment").get(folded(" ".join(words)))
        if key is None:
            raise
        raise UnknownNameError("command", error.name, [], f"It is a treatment: 'hairtx show {key}'.") from None


def _meant_without_command(ctx: Any, args: Sequence[str]) -> str:
    """The command for words of which the first is none: ``show`` for one treatment, ``compare`` for several.

    Raises:
        UnknownNameError: a command is spelled nearly so, or the words are no treatments.
        UsageError: they can be read in two ways.
        NotCoveredError: they are known and have no entry.
    """
    from hairtx.cli.options import load_catalogue
    from hairtx.cli.words import QUESTION_WORDS, asked_about, read_names, read_two_ways, readings

    words = list(takewhile(lambda one: not one.startswith("-"), args))
    named_behind, is_only = _catalogues_in(args)
    catalogue = load_catalogue(
        [*(ctx.params.get("catalogue") or ()), *named_behind], only=bool(ctx.params.get("only")) or is_only
    )
    if folded(args[0]) in _TO_PAPER:
        if words[1:] and not readings(catalogue, words[1:], is_exact=True):
            read_names(catalogue, words[1:], "compare")  # says which of the words is no name
        named_there = f"hairtx {' '.join(words[1:])}" if words[1:] else "hairtx compare prp mesotherapy"
        raise UsageError(
            f"there is no command called {args[0]!r}; to print it or keep it, write a page: "
            f"'{named_there} -o FILE.html'"
        )
    found = readings(catalogue, words, is_exact=True)
    if not found and (asked := asked_about(catalogue, words)):
        raise asked
    nearest = nearest_names(args[0], [*COMMANDS, *_WORDS])
    if not found and nearest and folded(args[0]) not in QUESTION_WORDS:
        raise UnknownNameError("command", args[0], nearest, "")
    if not found:
        try:
            found = [tuple(read_names(catalogue, words, "show"))]
        except UnknownNameError as error:
            look_in = f"{error.look_in} 'hairtx show' shows one, 'hairtx compare' several; see 'hairtx --help'."
            raise UnknownNameError(
                "command or treatment", error.name, error.nearest, look_in, error.labels, error.also
            ) from None
    commands = ["show" if len(one) == 1 else "compare" for one in found]
    if len(found) > 1:
        raise read_two_ways(found, commands)
    return commands[0]


def _catalogues_in(args: Sequence[str]) -> tuple[list[Path], bool]:
    """The catalogues that stand behind the words, as they may behind a command, and whether nothing else is wanted."""
    found = [Path(value) for option, value in pairwise(args) if option == _CATALOGUE]
    found += [Path(one.removeprefix(f"{_CATALOGUE}=")) for one in args if one.startswith(f"{_CATALOGUE}=")]
    return found, "--only" in args


app = typer.Typer(
    cls=_LazyGroup,
    help="""Compare hair-loss treatments side by side, honestly and with sources.

\b
Examples:
  hairtx prp
  hairtx compare prp vs mesotherapy
  hairtx list --for androgenetic-alopecia --max-invasiveness non-invasive
  hairtx screen breastfeeding
  hairtx export prp microneedling -o options.md
  hairtx help compare
""",
    rich_markup_mode=None,
    context_settings=dict(CONTEXT_SETTINGS),
    epilog="It informs; it never recommends, and calls nothing safe.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hairtx {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """What may stand before the command; the options of the command itself take it from there."""


def _join_options_to_complete() -> None:
    """bash hands over ``--with=pr`` as three words, a line each; what completes the second of two does not know of
    three. Right after the sign there are but two of them, and the word to complete is still empty."""
    words, place = os.environ.get("COMP_WORDS", ""), os.environ.get("COMP_CWORD", "")
    joined, count = re.subn(r"(\s--[a-z-]+\s)=(?:\s|$)", r"\1", words)
    if count and place.isdecimal():
        is_after_sign = words.rstrip().endswith("=")
        os.environ |= {"COMP_WORDS": joined, "COMP_CWORD": str(int(place) - count + is_after_sign)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code: 0 done, 1 the data or file system refused, 2 wrong command line."""
    if _COMPLETING in os.environ:
        _join_options_to_complete()
    try:
        code = _run(arguments)
        _flush(sys.stdout)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Nothing is wrong, and nothing more can be said.
        _forget(sys.stdout)
        return 0
    except OSError as error:
        _forget(sys.stdout)
        return _complain(f"cannot write to standard output: {(error.strerror or str(error)).lower()}", 1)
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result: Any = typer.main.get_command(app).main(
            args=list(sys.argv[1:] if arguments is None else arguments), prog_name="hairtx", standalone_mode=False
        )
    except HairtxError as error:
        return _complain(str(error), error.exit_code)
    except typer.TyperException as error:
        message, context = _explained(error), getattr(error, "ctx", None)
        if error.exit_code == UsageError.exit_code:
            command = context.command_path if context is not None else "hairtx"
            message = f"{_ended(message)} See '{command} --help'."
        return _complain(message, error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except SystemExit as left:
        # Typer and Rich leave by themselves, with 1, when they meet a closed pipe; and Typer when it has completed a
        # word, which then ends like every other run, without taking the interpreter apart.
        if isinstance(left.__context__, BrokenPipeError):
            raise BrokenPipeError from None
        result = left.code
    return result if isinstance(result, int) else 0


def _explained(error: typer.TyperException) -> str:
    """What the error says; of an option that is not there, which one is meant, and of one that is missing, its help."""
    message = error.format_message()
    command = getattr(getattr(error, "ctx", None), "command", None)
    known = {name for one in getattr(command, "params", ()) for name in one.opts}
    for meant in _MEANT_OPTIONS.get(getattr(error, "option_name", ""), ()):
        if meant.split()[0] in known:
            return f"{message.split(' (')[0]}; type {meant!r}."
    missing = getattr(error, "param", None) if message.startswith("Missing") else None
    return f"{message} {missing.help}" if missing is not None and missing.help else message


def _ended(message: str) -> str:
    return message if message.endswith(("?", ".")) else f"{message}."


def _complain(message: str, code: int) -> int:
    if sys.stderr is not None:
        try:
            # A message may quote what somebody typed or named a file: that must not steer the terminal.
            lines = "\n".join(_cut(spelled_out(line)) for line in message.split("\n"))
            sys.stderr.write(f"hairtx: {lines}\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            _forget(sys.stderr)
    return code


def _cut(line: str) -> str:
    """What was typed may be of any length; a message says enough with its beginning and its end."""
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE // 2]} … {line[-_LONGEST_LINE // 4 :]}"


def _flush(stream: Any) -> None:
    if stream is not None:
        stream.flush()


def _forget(stream: Any) -> None:
    """Point the stream at nothing, so that the interpreter's own flush at exit has nothing to complain about."""
    if stream is not None:
        devnull = os.open(os.devnull, os.O_WRONLY)
        # What is kept in memory has no number, and nothing to complain about.
        with contextlib.suppress(io.UnsupportedOperation):
            os.dup2(devnull, stream.fileno())
        os.close(devnull)
