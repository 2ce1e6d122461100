"""How a widget looks: its theme and mode, read from the address. What is unknown falls back."""

from dataclasses import dataclass, replace
from typing import Literal

from flask import request

from campaigns.themes import THEMES, own_tokens, tokens

LOOK = ("t", "m")
"""The query parameters of a look, for `cacheable`."""
FITTED = (*LOOK, "fit")
"""Those of a frame: with `fit` it is as high as its content and tells the page around it how high that is."""
MODES = ("light", "dark", "auto")


@dataclass(frozen=True)
class Look:
    """`mode` auto follows the reader's preference in frames; pictures cannot, and are light then.

    `accent`: a campaign's own `#rrggbb` colour, in the place of the theme's; it has passed the gate of contrasts.
    """

    theme: str
    mode: str = "auto"
    accent: str = ""

    @property
    def colours(self) -> dict[str, str]:
        """Every colour by its role, `ink`, `surface` …: for pictures, which read no stylesheet."""
        shade: Literal["light", "dark"] = "dark" if self.mode == "dark" else "light"
        found = tokens(self.theme, shade) | (own_tokens(self.accent, shade) if self.accent else {})
        return {name.removeprefix("--c-").replace("-", "_"): value for name, value in found.items()}

    @property
    def schemes(self) -> str:
        """The value of `color-scheme`."""
        return "light dark" if self.mode == "auto" else self.mode


def chosen_look(own_theme: str, accent: str = "") -> Look:
    """What the address asks for; the campaign's own theme and colour and the reader's preference where it asks for
    nothing. Who asks for a theme gets that theme whole.
    """
    theme, mode = request.args.get("t", ""), request.args.get("m", "")
    worn = Look(theme) if theme in THEMES else Look(own_theme, accent=accent)
    return replace(worn, mode=mode if mode in MODES else "auto")
