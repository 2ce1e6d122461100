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

Mode = Literal["light", "dark"]
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


def contrast_table(theme: str, mode: Mode) -> list[Contrast]:
    """Every pair that must be told apart, in the language of the page. Raises `KeyError` as `tokens` does."""
    colours = tokens(theme, mode)
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
