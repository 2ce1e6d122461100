"""What pages know of papers before one is drawn: their sizes and the fonts. Drawing (`web.sheet`) is read late."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

A4 = 210.0, 297.0  # millimetres
SIZES = {"a4": A4, "a5": (148.5, 210.0)}


@dataclass(frozen=True)
class Fonts:
    """Files of the font, for words and for titles."""

    plain: Path
    bold: Path


def built_fonts() -> Fonts | None:
    """Those of the built assets; None where one is missing."""
    assets = current_app.extensions["assets"]
    plain, bold = (assets.file(f"fonts/Vazirmatn-{weight}.ttf") for weight in ("Medium", "ExtraBold"))
    return Fonts(plain, bold) if plain.is_file() and bold.is_file() else None
