"""Cuts Vazirmatn to what the pages use: a Persian and a Latin file, both with weights from 400 to 800.

The characters lie within the ranges that `@font-face` in `static/css/fonts.css` promises. Pictures (`campaigns.web.
picture`) are drawn with two whole files. Source and licence (SIL OFL 1.1): npm `vazirmatn`.
"""

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = Path("vazirmatn") / "fonts" / "variable" / "Vazirmatn[wght].ttf"
DRAWN = tuple(
    Path("vazirmatn") / "fonts" / "ttf" / f"Vazirmatn-{weight}.ttf" for weight in ("Medium", "ExtraBold")
)
WEIGHTS = (400, 800)
RANGES = {
    "vazirmatn-fa.woff2": (
        "U+20-22,U+25,U+27-2F,U+3A,U+A0,U+AB,U+BB,U+D7,"  # what Latin letters share with Persian ones
        "U+60C,U+61B,U+61F,U+621-63A,U+640-655,U+66A-66C,U+670,U+67E,U+686,U+698,U+6A9,U+6AF,U+6C0,U+6CC,"
        "U+6F0-6F9,U+200B-200F,U+2013-2014,U+2018-2019,U+201C-201D,U+2026,U+2066-2069,U+FDFC"
    ),
    "vazirmatn-latin.woff2": "U+23-24,U+26,U+30-39,U+3B-7E,U+A9,U+B7",
}
FEATURES = (
    "ccmp",
    "init",
    "medi",
    "fina",
    "isol",
    "rlig",
    "calt",
    "liga",
    "mark",
    "mkmk",
    "kern",
    "locl",
    "tnum",
)


def cut(source: Path) -> dict[str, bytes]:
    """The woff2 files by name. Takes seconds."""
    light = _bytes(instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": WEIGHTS}))
    return {name: _subset(light, ranges.replace("U+", "")) for name, ranges in RANGES.items()}


def _subset(source: bytes, ranges: str) -> bytes:
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False)
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay with the font
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(ranges))
    subsetter.subset(font)
    font.flavor = "woff2"
    return _bytes(font)


def _bytes(font: TTFont) -> bytes:
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()
