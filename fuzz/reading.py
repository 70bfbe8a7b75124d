"""A coverage-guided fuzzer for everything that reads a catalogue: ``make fuzz``. What must hold is in examine.py."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["hairtx", "yaml"]):
    import yaml
    from examine import examine

assert yaml.__with_libyaml__, "without the C parser there is nothing to compare with"

if __name__ == "__main__":
    atheris.Setup(sys.argv, examine)
    atheris.Fuzz()
