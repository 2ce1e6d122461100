"""What WordPress leaves of each form, as its documentation has it, where the author's HTML goes through its filter.

`wp_kses_post` keeps links and pictures with most of their style; https://developer.wordpress.org/reference/functions/wp_kses_post/
"""

from flask_babel import lazy_gettext as _l

FORMS = (
    (_l("Picture in a link (PNG)"), _l("everything, also that it shrinks with the page")),
    (
        _l("Picture in a link (SVG)"),
        _l(
            "link and picture; that it turns dark with the reader is lost, so choose light or dark in the workshop"
        ),
    ),
    (
        _l("Link button"),
        _l(
            "link and colours; some versions take “display” out, and its edge touches the lines around it then"
        ),
    ),
    (_l("Plain link"), _l("everything")),
    (_l("QR code"), _l("everything")),
    (_l("Frame: card, bars, form, wall, needs, call, grid, map"), _l("only the link beneath it")),
    (_l("Element with our script"), _l("only the link in it")),
)
"""Each form we offer, and what stays of it."""
