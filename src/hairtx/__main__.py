"""``python -m hairtx``, and the console script's way in."""

from __future__ import annotations

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
    try:
        from hairtx.cli.app import main

        code = main()
    except KeyboardInterrupt:
        # Ctrl-C during the imports is as quiet as any later one.
        code = 130
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
