"""How it is shown: one module a format. Renderers take documents and never look into the model.

The package can be called: importing any of its modules binds ``hairtx.render`` to it, and ``hairtx.render(document,
"markdown")`` has to work whoever imported what before.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> str:
        """See :func:`hairtx.render.formats.text_of`."""
        from hairtx.render.formats import text_of

        return text_of(*arguments, **options)


sys.modules[__name__].__class__ = _CallablePackage
