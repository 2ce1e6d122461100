"""Colours as people see them: lightness, chroma and hue. https://www.w3.org/TR/css-color-4/#color-conversion-code

Lightness runs from 0 to 1 and chroma from 0 to about 0.37; hue is in radians. What no screen can show loses chroma.
"""

from math import atan2, cbrt, cos, hypot, sin
from typing import NamedTuple

Triple = tuple[float, float, float]


class Lch(NamedTuple):
    lightness: float
    chroma: float
    hue: float


def to_lch(colour: str) -> Lch:
    """A `#rrggbb` colour as lightness, chroma and hue."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Lch(lightness, hypot(a, b), atan2(b, a))


def to_hex(lch: Lch) -> str:
    """The `#rrggbb` colour of this lightness and hue with as much of the chroma as a screen shows."""
    low, high = 0.0, lch.chroma
    channels = _rgb(lch)
    if not _shown(channels):
        for _step in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown(_rgb(lch._replace(chroma=middle))) else (low, middle)
        channels = _rgb(lch._replace(chroma=low))
    return "#" + "".join(f"{round(255 * _curved(min(1.0, max(0.0, one)))):02x}" for one in channels)


def _rgb(lch: Lch) -> Triple:
    """Linear red, green and blue; outside 0 to 1 where no screen shows the colour."""
    a, b = lch.chroma * cos(lch.hue), lch.chroma * sin(lch.hue)
    long = (lch.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lch.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lch.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(channels: Triple) -> bool:
    return all(-0.0005 <= one <= 1.0005 for one in channels)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _curved(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)
