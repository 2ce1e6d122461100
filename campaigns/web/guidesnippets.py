"""The texts to copy in the documentation of the ways in, with a campaign that is really there."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from campaigns.domain.campaigns.models import Campaign
from campaigns.web.locale import language
from campaigns.web.matters import of_campaign
from campaigns.web.pasted import image_snippet
from campaigns.web.render import absolute
from campaigns.web.snippets import Wish, subject_of
from campaigns.web.workshop import element_snippet
from campaigns.widgets import WIDGETS
from campaigns.widgets.plug import Subject

Texts = list[tuple[str, str]]
"""What each is, and the text itself."""


def snippets(way: str, campaign: Campaign, card: str) -> Texts:
    """`card`: the address of the campaign's share picture; empty where none is drawn."""
    subject = _subject(campaign)
    return _in_pages(way, subject) or _of_addresses(way, campaign, subject, card)


def played(way: str, campaign: Campaign) -> Markup:
    """What stands in the page that plays another site, with paths of ours."""
    subject = _subject(campaign, full=False)
    if way == "qr":
        return Markup(_code(campaign, absolute_too=False))  # noqa: S704 -- an address of ours
    if way == "share":
        picture = escape(url_for("site.picture.campaign", slug=campaign.slug))
        fitting = 'width="600" height="315" alt="" style="max-width:100%;height:auto"'
        shown = f'<img src="{picture}" {fitting}><br>{escape(subject.title)}'
        return Markup(f'<a href="{escape(subject.page_url)}">{shown}</a>')  # noqa: S704 -- escaped piece by piece
    if way == "oembed":
        return Markup(WIDGETS["card"].snippet(subject))  # noqa: S704 -- snippets escape what people typed
    return Markup("\n".join(text for _label, text in _in_pages(way, subject)))  # noqa: S704 -- as above


def _subject(campaign: Campaign, *, full: bool = True) -> Subject:
    code = language().code
    return subject_of(of_campaign(campaign, code), Wish(language=code), full=full)


def _in_pages(way: str, subject: Subject) -> Texts:
    """What is pasted into HTML."""
    found: dict[str, Texts] = {
        "link": [
            (_("A plain link"), subject.link(subject.called)),
            (_("A link drawn as a button"), WIDGETS["button"].snippet(subject)),
        ],
        "image": [
            (_("Badge as SVG, light or dark as the reader prefers"), WIDGETS["badge"].snippet(subject)),
            (_("Badge as PNG"), image_snippet(subject, "badge")),
            (_("Card as PNG"), image_snippet(subject, "card")),
        ],
        "frame": [
            (_("Campaign card"), WIDGETS["card"].snippet(subject)),
            (_("Amount form"), WIDGETS["form"].snippet(subject)),
        ],
        "element": [(_("Campaign card"), element_snippet(subject, "card"))],
        "wordpress": [
            (_("For everybody: a picture in a link"), image_snippet(subject, "card")),
            (_("For administrators and editors: a frame"), WIDGETS["card"].snippet(subject)),
        ],
    }
    return found.get(way, [])


def _of_addresses(way: str, campaign: Campaign, subject: Subject, card: str) -> Texts:
    """What is asked for, or read from the page of the campaign."""
    slug = campaign.slug

    def at(endpoint: str, **values: str) -> str:
        return absolute(url_for(endpoint, **values))

    found: dict[str, Texts] = {
        "oembed": [
            (_("Paste this address"), subject.page_url),
            (_("What a program asks"), at("site.oembed.show", url=subject.page_url, format="json")),
        ],
        "share": [
            (_("Share this address"), subject.page_url),
            *([(_("What stands in its head"), _meta(subject, card))] if card else []),
        ],
        "qr": [(_("The code in a page"), _code(campaign, absolute_too=True))],
        "poster": [
            (_("A4, PDF"), at("site.poster.show", slug=slug, size="a4")),
            (_("A5, PDF"), at("site.poster.show", slug=slug, size="a5")),
        ],
        "feed": [
            (_("News of one campaign"), at("site.feeds.news", slug=slug)),
            (_("New campaigns"), at("site.feeds.campaigns")),
        ],
        "api": [
            (_("One campaign"), at("api.v1.one", slug=slug)),
            (_("Campaigns"), at("api.v1.listing")),
            (_("Provinces"), at("api.v1.places")),
        ],
    }
    return found.get(way, [])


def _meta(subject: Subject, card: str) -> str:
    said = (("og:title", subject.title), ("og:url", subject.page_url), ("og:image", card))
    return "\n".join(f'<meta property="{name}" content="{escape(words)}">' for name, words in said)


def _code(campaign: Campaign, *, absolute_too: bool) -> str:
    source = url_for("site.qrfiles.show", slug=campaign.slug, form="svg")
    words = escape(_("QR code of the short link"))
    address = escape(absolute(source) if absolute_too else source)
    return f'<img src="{address}" width="200" height="200" alt="{words}">'
