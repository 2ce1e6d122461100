"""Our own small SVG pictures as PNG, for mail programs and sites that refuse SVG. One drawing, two forms.

Only what those templates use is understood: `rect`, `circle`, `text` in the middle of a place, groups that hand their
attributes down, and one clip. Letters are joined and put in order by Raqm, as in `web.picture`.
"""

import io
from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from campaigns.web.lettering import Line, Setter, drawable
from campaigns.web.picture import Fonts

Element = ElementTree.Element
Given = dict[str, str]
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TIMES = 2  # larger than its points: sharp on screens with fine dots
COLOURS = 64
KEPT = 256  # pictures of one process, of a few kilobytes each
_FINE = 2  # shapes are drawn larger and made smaller, so that their edges are smooth
_SCALE = TIMES * _FINE
_BOLD = 600
_HANDED_DOWN = {"fill", "stroke", "font-size", "font-weight", "text-anchor", "font-family"}


@lru_cache(maxsize=KEPT)
def png(drawing: str, fonts: Fonts) -> bytes:
    """The drawing at twice its size, on a clear ground. The same drawing is made once in a process.

    Raises `KeyError` for an element that is not understood.
    """
    out = io.BytesIO()
    root = ElementTree.fromstring(drawing)  # noqa: S314 -- drawn by our own template, which escapes what people typed
    picture = _Drawing(root, fonts).drawn().reduce(_FINE)
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


class _Drawing:
    def __init__(self, root: Element, fonts: Fonts) -> None:
        self.root = root
        self.size = _points(root.get("width")), _points(root.get("height"))
        language = root.get(LANGUAGE, "fa")
        self.plain, self.bold = Setter(fonts.plain, language), Setter(fonts.bold, language)
        self.clips = {f"url(#{clip.get('id')})": clip for clip in root.iter(f"{SVG}clipPath")}
        self.known: dict[str, Callable[[Image.Image, Element, Given], None]] = {
            "rect": self._rect,
            "circle": self._circle,
            "text": self._text,
            "g": self._group,
            "title": self._nothing,
            "clipPath": self._nothing,
        }

    def drawn(self) -> Image.Image:
        picture = self._clear()
        self._inside(picture, self.root, {})
        return picture

    def _clear(self) -> Image.Image:
        return Image.new("RGBA", self.size, (0, 0, 0, 0))

    def _inside(self, picture: Image.Image, parent: Element, given: Given) -> None:
        for element in parent:
            own = given | {name: value for name, value in element.items() if name in _HANDED_DOWN}
            self.known[element.tag.removeprefix(SVG)](picture, element, own)

    def _group(self, picture: Image.Image, element: Element, given: Given) -> None:
        clip = self.clips.get(element.get("clip-path", ""))
        if clip is None:
            return self._inside(picture, element, given)
        layer, mask = self._clear(), self._clear()
        self._inside(layer, element, given)
        self._inside(mask, clip, {"fill": "#000"})
        return picture.paste(layer, (0, 0), Image.composite(layer, self._clear(), mask))

    def _rect(self, picture: Image.Image, element: Element, given: Given) -> None:
        """Edges lie as in SVG: half of a stroke is outside."""
        x, y, wide, high, radius = (
            _points(element.get(name)) for name in ("x", "y", "width", "height", "rx")
        )
        stroke = _colour(given, "stroke")
        half = _SCALE // 2 if stroke else 0
        box = (x - half, y - half, x + wide + half - 1, y + high + half - 1)
        if wide and high:
            ImageDraw.Draw(picture).rounded_rectangle(
                box, radius + half, fill=_colour(given, "fill"), outline=stroke, width=2 * half
            )

    def _circle(self, picture: Image.Image, element: Element, given: Given) -> None:
        x, y, r = (_points(element.get(name)) for name in ("cx", "cy", "r"))
        ImageDraw.Draw(picture).ellipse((x - r, y - r, x + r - 1, y + r - 1), fill=_colour(given, "fill"))

    def _text(self, picture: Image.Image, element: Element, given: Given) -> None:
        x, y = _points(element.get("x")), _points(element.get("y"))
        setter = self.bold if int(given.get("font-weight", "400")) >= _BOLD else self.plain
        words = drawable("".join(element.itertext()))
        line = Line(words, _points(given.get("font-size")), x, y)
        setter.put_in_the_middle(ImageDraw.Draw(picture), line, given["fill"])

    def _nothing(self, picture: Image.Image, element: Element, given: Given) -> None:
        """Said elsewhere, or drawn where it is asked for."""


def _points(text: str | None) -> int:
    """A length of the drawing in dots of the large picture."""
    return round(float(text or 0) * _SCALE)


def _colour(given: Given, name: str) -> str | None:
    value = given.get(name, "none")
    return None if value == "none" else value
