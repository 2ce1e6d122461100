"""The ways in as their documentation tells of them: what each is for, what it needs, what becomes of it."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from campaigns.web import guideparams as params
from campaigns.web.guideparams import Param

_PICTURE_RESTS = _l(
    "While a campaign is paused, stopped or cancelled, the picture says so in place of the percent. "
    "When it is gone, the answer is 404 with a picture of the same size that says so: no hole is left"
    " in your page. An address it had before leads on to the present one."
)
_FRAME_RESTS = _l(
    "While a campaign is paused, stopped or cancelled, the frame says so in a sentence and links to "
    "its page. When it is gone, a sentence stands there too, with 404. An address it had before leads"
    " on to the present one."
)
_PAGE_RESTS = _l(
    "A paused or stopped campaign keeps its page, which says so. A campaign that is gone is answered "
    "with 404. An address it had before leads on to the present one."
)


@dataclass(frozen=True)
class Way:
    """`allows`: directives of a content security policy that a page needs for it. `more`: its page has a part of its
    own, `site/guide/<name>.html`.
    """

    name: str
    label: LazyString
    what: LazyString
    rests: LazyString
    params: tuple[Param, ...] = ()
    allows: tuple[str, ...] = ()
    more: bool = False


WAYS = {
    way.name: way
    for way in (
        Way(
            "link",
            _l("Link and button"),
            _l(
                "A link to the campaign, plain or drawn as a button. It works in every page, letter "
                "and editor: nothing is loaded from us. The button carries its colours in a “style” "
                "attribute; where your policy forbids that, it is a plain link."
            ),
            _PAGE_RESTS,
            (params.LANGUAGE,),
        ),
        Way(
            "image",
            _l("Picture: SVG and PNG"),
            _l(
                "A picture with the present numbers inside a link: badge, counter, thermometer, and "
                "the card as PNG. Take SVG for web pages, and PNG for letters and for sites that "
                "refuse SVG. A new gift is in it within seconds; mail programs may keep a picture "
                "longer."
            ),
            _PICTURE_RESTS,
            (params.WHOSE, params.PICTURE, params.THEME, params.MODE, params.LANGUAGE),
            ("img-src",),
        ),
        Way(
            "frame",
            _l("Frame"),
            _l(
                "A page of ours inside yours: card, bars, amount form, donor wall, needs, call for "
                "volunteers. It has its own direction and its own letters, whatever your page has. "
                "Money is never paid inside it: the form goes on in the whole window before the bank."
            ),
            _FRAME_RESTS,
            (
                params.WHOSE,
                params.FRAME,
                params.THEME,
                params.MODE,
                params.FIT,
                params.WIDTH,
                params.LANGUAGE,
            ),
            ("frame-src",),
        ),
        Way(
            "element",
            _l("Element with our script"),
            _l(
                "A link that turns into a frame as high as its content. Where the script does not "
                "run, the link stays. The script is one module under three kilobytes, held to its "
                "hash; it reads nothing of your page."
            ),
            _FRAME_RESTS,
            params.ELEMENT,
            ("script-src", "frame-src"),
        ),
        Way(
            "oembed",
            _l("Pasting an address (oEmbed)"),
            _l(
                "For editors and programs that make a card of an address. They find ours by the "
                "“link” in the head of each campaign's page, or ask the address below."
            ),
            _FRAME_RESTS,
            params.OEMBED,
            ("frame-src",),
        ),
        Way(
            "share",
            _l("Share picture (Open Graph)"),
            _l(
                "What messengers and social networks show under a link: title, lead and a picture of "
                "1200 by 630 dots that says how far the campaign is. There is nothing to paste; they "
                "read it from the campaign's page. Each picture has an address of its own that never "
                "shows anything else; when the numbers change, the page names another."
            ),
            _l(
                "A paused campaign keeps its picture. The address of a picture that is no longer kept"
                " leads to the present one; when the campaign is gone, it answers 404."
            ),
            (params.LANGUAGE,),
            ("img-src",),
        ),
        Way(
            "qr",
            _l("QR code"),
            _l("The short link of a campaign for a camera: as SVG for print, as PNG for everything else."),
            _PAGE_RESTS,
            params.CODES,
            ("img-src",),
        ),
        Way(
            "poster",
            _l("Poster to print"),
            _l(
                "One sheet of PDF with title, price of one unit and a large QR code. Nothing on it "
                "grows old: no sum and no number of days."
            ),
            _PAGE_RESTS,
            params.POSTERS,
        ),
        Way(
            "feed",
            _l("Feed (Atom)"),
            _l(
                "The news of one campaign, or all new campaigns, for feed readers and for lists on "
                "your site. Entries keep their ids for good."
            ),
            _PAGE_RESTS,
            (params.LANGUAGE,),
        ),
        Way(
            "api",
            _l("Numbers for programs (JSON)"),
            _l(
                "Lists of campaigns, one campaign with all its public numbers, and the provinces, as "
                "JSON. It only reads and asks for no key; scripts of any site may use it. Money is in"
                " rials, as the book has it."
            ),
            _l(
                "A paused, stopped or cancelled campaign says so in “state”; for a stopped one "
                "“notice” is what to say beside the numbers. One that is gone is 404, one with a new "
                "address 301."
            ),
            params.API,
            ("connect-src",),
            more=True,
        ),
        Way(
            "webhooks",
            _l("Webhooks"),
            _l(
                "We tell your server when the public numbers of a campaign change, so that you need "
                "not ask. The campaign's people enter your address at their desk and give you the "
                "secret that is shown there once."
            ),
            _l("A change of state is told like a change of numbers. What is gone sends nothing more."),
            more=True,
        ),
        Way(
            "wordpress",
            _l("WordPress"),
            _l(
                "What WordPress keeps of a snippet depends on who pastes it. The picture in a link "
                "always stays; frames and scripts only for those who may publish HTML without a "
                "filter."
            ),
            _PICTURE_RESTS,
            (params.THEME, params.MODE, params.LANGUAGE),
            ("img-src", "frame-src"),
            more=True,
        ),
    )
}
"""In the order in which they are listed."""
