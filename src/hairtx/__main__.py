"""``python -m hairtx``, and the console script's way in."""

from __future__ import annotations

import sys

__all__ = ["run"]


def run() -> int:
    """Run the program. Ctrl-C during the imports is as quiet as any later one."""
    try:
        from hairtx.cli.app import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
