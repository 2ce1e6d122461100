"""The drawing of a campaign's units, kept: it changes when a cell is lit, the page around it with every gift."""

from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

KEPT = 128  # drawings of 10 KB at most


def init_drawings(app: Flask) -> None:
    @lru_cache(maxsize=KEPT)
    def kept_drawing(motif: str, lit: int, total: int, dir: str) -> Markup:
        macros: Any = app.jinja_env.get_template("components/motifs/drawing.html").module
        drawn: Markup = macros.drawing(motif=motif, lit=lit, total=total, dir=dir)
        return drawn

    app.jinja_env.globals["kept_drawing"] = kept_drawing
