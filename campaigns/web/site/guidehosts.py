"""What pages that play another site show where there is nothing to paste: a poster, a feed, numbers, a message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from campaigns.base.clock import now
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.webhooks.telling import headers_of, written
from campaigns.web.guidehooks import SAMPLE_ID, SAMPLE_SECRET, example
from campaigns.web.guidereceiver import is_ours
from campaigns.web.paper import SIZES
from campaigns.web.site import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
SHOWN = 5
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed as a reader shows it."""

    title: str
    language: str
    link: str
    published: datetime
    words: Markup


def of_poster(campaign: Campaign) -> Values:
    slug = campaign.slug
    return {
        "code": url_for("site.qrfiles.show", slug=slug, form="svg"),
        "papers": [(size.upper(), url_for("site.poster.show", slug=slug, size=size)) for size in SIZES],
    }


def of_feed(campaign: Campaign) -> Values:
    """Read from the feeds themselves, as a reader would."""
    return {
        "feeds": [
            (
                _("News of one campaign"),
                url_for("site.feeds.news", slug=campaign.slug),
                feeds.news_of(campaign),
            ),
            (_("New campaigns"), url_for("site.feeds.campaigns"), feeds.newest()),
        ],
        "entries": entries,
    }


def of_api(campaign: Campaign) -> Values:
    return {"address": url_for("api.v1.one", slug=campaign.slug)}


def of_webhooks(campaign: Campaign) -> Values:
    """A message as it would be sent now, signed with the secret that is printed beside it."""
    body = written(example(campaign)).encode()
    headers = headers_of(SAMPLE_SECRET, SAMPLE_ID, int(now().timestamp()), body)
    return {
        "asked": "POST /pooyesh HTTP/1.1",
        "secret": SAMPLE_SECRET,
        "said": [f"{name}: {value}" for name, value in headers.items()],
        "body": body.decode(),
        "ours": is_ours(SAMPLE_SECRET, headers, body),
        "changed": is_ours(SAMPLE_SECRET, headers, body.replace(b'"gifts": ', b'"gifts": 1')),
    }


PLAYS: Mapping[str, Callable[[Campaign], Values]] = {
    "poster": of_poster,
    "feed": of_feed,
    "api": of_api,
    "webhooks": of_webhooks,
}
"""By the name of the way. Each is drawn by `site/guide/hosts/<name>.html`."""


def entries(feed: str) -> list[Entry]:
    """The newest of a feed of ours."""
    root = ElementTree.fromstring(feed)  # noqa: S314 -- made by our own template, which escapes what people typed
    return [_entry(found) for found in root.findall(f"{ATOM}entry")[:SHOWN]]


def _entry(found: ElementTree.Element) -> Entry:
    def said(name: str) -> str:
        return found.findtext(f"{ATOM}{name}") or ""

    link = found.find(f"{ATOM}link")
    content = Markup(said("content"))  # noqa: S704 -- made from Markdown by our own filter
    return Entry(
        title=said("title"),
        language=found.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        link=link.get("href", "") if link is not None else "",
        published=datetime.fromisoformat(said("published")),
        words=content or Markup("<p>{}</p>").format(said("summary")),
    )
