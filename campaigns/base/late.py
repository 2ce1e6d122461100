"""Modules that are read when they are first used.

For what is large, seldom needed, and stands at the edge of one module: libraries for PDF and spreadsheets take as
much memory as all pages together, in every process, though most processes never make a file.
"""

from importlib import import_module
from typing import Any


class Late:
    """Stands for the module of this name. Who checks types imports the module itself:

    if TYPE_CHECKING:
        import large
    else:
        large = Late("large")
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
