"""How it is shown: one module a format. Renderers take documents and never look into the model."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """This package, which may be called as ``hairtx.render(document, "markdown")``.

    Importing a renderer puts the package where the library has its function of the same name, so both do the same.
    """

    def __call__(self, *arguments: Any, **options: Any) -> str:
        from hairtx.render.formats import text_of

        return text_of(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
