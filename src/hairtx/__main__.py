"""``python -m hairtx``, and the console script's way in."""

from __future__ import annotations

# The part of signal that is built in: importing the rest takes a millisecond in which Ctrl-C could not be handled.
import _signal as signal  # type: ignore[import-not-found]  # typeshed has it under its public name only
import gc
import os
import sys

__all__ = ["run"]


def run() -> None:
    """Run the program and end the process with its exit code.

    A run is short and makes no reference cycles worth collecting, and the system takes back its memory faster than
    the interpreter can: both together are a tenth of the time that a command takes.
    """
    gc.disable()
    is_asked = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    try:
        if is_asked:
            # Ctrl-C during the imports ends the process on the spot. An exception could come up in the midst of the
            # interpreter's own work, which prints a traceback of it and goes on.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        from hairtx.cli.app import main

        if is_asked:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = main()
    except KeyboardInterrupt:
        code = 130
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
