"""QR codes of our own addresses, for phones that look at paper or at another screen."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup

KEPT = 256  # codes of 2 to 4 KB: making one costs as much as half the page it stands on


@lru_cache(maxsize=KEPT)
def qr(link: str) -> Markup:
    """As `drawn`, kept for those who ask again."""
    return drawn(link)


def drawn(link: str) -> Markup:
    """The link as SVG without fixed size or colours of its own: the page's CSS sets them (`.qr`, `.qr-line`)."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass="qr",
        lineclass="qr-line",
        border=2,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 -- made from our own address


@lru_cache(maxsize=KEPT)
def qr_file(link: str, form: str) -> bytes:
    """The link as a whole file, `svg` or `png`, black on white with the quiet zone readers need."""
    out = io.BytesIO()
    code = segno.make(link, error="m")
    if form == "png":
        code.save(out, kind="png", scale=16, border=4)
    else:
        code.save(out, kind="svg", scale=8, border=4, light="#fff", xmldecl=False)
    return out.getvalue()
