"""The looks a campaign may wear: themes, motifs, and how far colours that must be told apart are apart.

A theme is values only (`static/themes/<name>/theme.css`); ratios are computed from that file.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from campaigns.base.oklch import Lch, to_hex, to_lch

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = ("light", "dark")
STATIC = Path(__file__).resolve().parent.parent / "static"
BASE_TOKENS = STATIC / "css" / "tokens.css"
TEXT, LARGE_TEXT, SHAPE = 7.0, 4.5, 3.0
"""The least ratios: body text (WCAG 1.4.6), other text (1.4.3), borders and drawings (1.4.11)."""


@dataclass(frozen=True)
class Theme:
    label: LazyString
    hint: LazyString  # the topic it was made for


@dataclass(frozen=True)
class Motif:
    """A drawing of the units: one cell is one unit."""

    label: LazyString


@dataclass(frozen=True)
class Contrast:
    """One pair of colours. `ratio` is from 1 to 21 (WCAG 2.2)."""

    label: str
    ratio: float
    need: float

    @property
    def ok(self) -> bool:
        return self.ratio >= self.need


THEMES = {
    "firouzeh": Theme(_l("Turquoise"), _l("for everything")),
    "anar": Theme(_l("Pomegranate"), _l("marriage and dowry")),
    "sarv": Theme(_l("Cypress"), _l("health")),
    "nili": Theme(_l("Indigo"), _l("disability")),
    "khesht": Theme(_l("Brick"), _l("housing")),
    "lajvard": Theme(_l("Lapis"), _l("education and culture")),
    "zaferan": Theme(_l("Saffron"), _l("crisis relief")),
}
MOTIFS = {
    "window": Motif(_l("Stained-glass window")),
    "bricks": Motif(_l("Brick wall")),
    "books": Motif(_l("Shelf of books")),
    "trees": Motif(_l("Garden of cypresses")),
    "grid": Motif(_l("Plain tiles")),
}
LOOKS = {"theme": THEMES, "motif": MOTIFS}
"""By the names of the fields in which a campaign keeps them."""

_PAIRS = (
    (_l("Text on the page"), "ink", "bg", TEXT),
    (_l("Text on tinted ground"), "ink", "tint", TEXT),
    (_l("Text on stronger tint"), "ink", "tint-2", TEXT),
    (_l("Text on cards and forms"), "ink", "surface", TEXT),
    (_l("Quiet text on the page"), "ink-2", "bg", LARGE_TEXT),
    (_l("Quiet text on tinted ground"), "ink-2", "tint", LARGE_TEXT),
    (_l("Quiet text on cards and forms"), "ink-2", "surface", LARGE_TEXT),
    (_l("Link on the page"), "brand-ink", "bg", LARGE_TEXT),
    (_l("Link on tinted ground"), "brand-ink", "tint", LARGE_TEXT),
    (_l("Link on cards and forms"), "brand-ink", "surface", LARGE_TEXT),
    (_l("Button"), "on-brand", "brand", LARGE_TEXT),
    (_l("Button under the pointer"), "on-brand", "brand-h", LARGE_TEXT),
    (_l("Border of a control"), "line-2", "surface", SHAPE),
    (_l("Border of a control on the page"), "line-2", "bg", SHAPE),
    (_l("Border of a control on tinted ground"), "line-2", "tint", SHAPE),
    (_l("Bar and its ground"), "fill", "track", SHAPE),
    (_l("Ornament"), "accent", "bg", SHAPE),
    (_l("Focus ring"), "focus", "bg", SHAPE),
    (_l("Focus ring on tinted ground"), "focus", "tint", SHAPE),
    (_l("Word of success"), "ok", "ok-bg", LARGE_TEXT),
    (_l("Word of warning"), "warn", "warn-bg", LARGE_TEXT),
    (_l("Word of error"), "err", "err-bg", LARGE_TEXT),
    (_l("Word of notice"), "info", "info-bg", LARGE_TEXT),
    (_l("Error on the page"), "err", "bg", LARGE_TEXT),
    (_l("Error on cards and forms"), "err", "surface", LARGE_TEXT),
)


def contrast_table(theme: str, mode: Mode, own: str = "") -> list[Contrast]:
    """Every pair that must be told apart, in the language of the page. Raises `KeyError` as `tokens` does.

    `own`: a colour of the campaign's own that stands in the place of the theme's.
    """
    colours = tokens(theme, mode) | (own_tokens(own, mode) if own else {})
    return [
        Contrast(str(label), contrast(colours[f"--c-{front}"], colours[f"--c-{back}"]), need)
        for label, front, back, need in _PAIRS
    ]


def contrast(one: str, other: str) -> float:
    """The ratio of two `#rrggbb` colours. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def tokens(theme: str, mode: Mode) -> dict[str, str]:
    """Every colour token of a theme in one mode. Raises `KeyError` for an unknown theme."""
    if theme not in THEMES:
        raise KeyError(theme)
    found: dict[str, str] = {}
    for path in (BASE_TOKENS, STATIC / "themes" / theme / "theme.css"):
        for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", path.read_text(encoding="utf-8")):
            if _mode_of(selector) == mode:
                found |= dict(re.findall(r"(--[a-z][\w-]*):\s*(#[0-9a-f]{6})\b", body))
    return found


def own_tokens(colour: str, mode: Mode) -> dict[str, str]:
    """The tokens that follow from a campaign's own `#rrggbb` colour: buttons, links, bars and tinted grounds.

    On light ground the colour itself is the button; on dark ground its hue is, as light as a button must be there.
    """
    _lightness, chroma, hue = own = to_lch(colour)
    if mode == "light":
        return {
            "--c-brand": colour,
            "--c-brand-h": to_hex(own._replace(lightness=own.lightness - 0.07)),
            "--c-on-brand": "#ffffff",
            "--c-brand-ink": to_hex(own._replace(lightness=min(own.lightness, 0.43))),
            "--c-fill": colour,
            "--c-track": to_hex(Lch(0.925, min(0.02, 0.2 * chroma), hue)),
            "--c-tint": to_hex(Lch(0.965, min(0.017, 0.16 * chroma), hue)),
            "--c-tint-2": to_hex(Lch(0.91, min(0.04, 0.3 * chroma), hue)),
        }
    pale = min(0.75 * chroma, 0.098)
    return {
        "--c-brand": to_hex(Lch(0.79, pale, hue)),
        "--c-brand-h": to_hex(Lch(0.86, 0.7 * pale, hue)),
        "--c-on-brand": to_hex(Lch(0.19, 0.02, hue)),
        "--c-brand-ink": to_hex(Lch(0.82, pale, hue)),
        "--c-fill": to_hex(Lch(0.74, pale, hue)),
        "--c-track": to_hex(Lch(0.36, min(0.02, 0.2 * chroma), hue)),
        "--c-tint": to_hex(Lch(0.265, min(0.02, 0.2 * chroma), hue)),
        "--c-tint-2": to_hex(Lch(0.34, min(0.04, 0.3 * chroma), hue)),
    }


def too_close(theme: str, colour: str) -> list[Contrast]:
    """The pairs that could not be told apart if this were the campaign's own colour."""
    rows = [row for mode in MODES for row in contrast_table(theme, mode, colour)]
    return [row for row in rows if not row.ok]


def _passes(theme: str, colour: str) -> bool:
    shades = [tokens(theme, mode) | own_tokens(colour, mode) for mode in MODES]
    return all(
        contrast(shade[f"--c-{front}"], shade[f"--c-{back}"]) >= need
        for shade in shades
        for _label, front, back, need in _PAIRS
    )


def neighbour(theme: str, colour: str) -> str:
    """The colour itself where every pair passes; else the nearest darker one of its hue with which all of them do."""
    own = to_lch(colour)
    for step in range(101):
        darker = own._replace(lightness=max(0.0, own.lightness - step / 100))
        found = to_hex(darker) if step else colour
        if _passes(theme, found):
            return found
    raise AssertionError("black can be told from every ground")


def _mode_of(selector: str) -> str:
    """A block that only a preference switches on repeats the dark one (a test holds that) and is not read."""
    if '[data-mode="dark"]' in selector:
        return "dark"
    return "" if "data-mode" in selector else "light"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
