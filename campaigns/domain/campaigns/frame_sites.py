"""Which other sites may show the frames of a campaign. None named: every site may."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.extensions import Model, db
from campaigns.domain.campaigns.actions import changed
from campaigns.domain.campaigns.models import Campaign

MOST = 20
_LONGEST = 260
_NAME = re.compile(
    r"(\*\.)?(?=[^:]{1,253}(:|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[0-9]{1,5})?"
)


class FrameSite(Model):
    """`host` as browsers compare it: `news.example.org`, `*.example.org`, `localhost:8000`."""

    __tablename__ = "frame_site"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    host: Mapped[str] = mapped_column(String(_LONGEST), primary_key=True)


class NoSite(ValueError):
    """`name` is not the name of a site."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TooMany(ValueError):
    """More than `MOST` sites."""


def sites_of(campaign_id: int) -> Sequence[str]:
    return [row.host for row in db.session.scalars(_of(campaign_id))]


def choose(campaign: Campaign, typed: Iterable[str]) -> Sequence[str]:
    """From now on these sites only, or every site where there are none. Raises `NoSite` and `TooMany`."""
    hosts = sorted({host_of(name) for name in typed})
    if len(hosts) > MOST:
        raise TooMany
    before = {row.host: row for row in db.session.scalars(_of(campaign.id))}
    for host in before.keys() - hosts:
        db.session.delete(before[host])
    db.session.add_all(FrameSite(campaign_id=campaign.id, host=host) for host in hosts if host not in before)
    if before.keys() != set(hosts):
        changed(campaign)
    return hosts


def host_of(typed: str) -> str:
    """The name of the site somebody typed or pasted with the rest of its address. Raises `NoSite`."""
    name = typed.strip().casefold().rpartition("://")[2].partition("/")[0].rstrip(".")
    try:
        host = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        raise NoSite(typed) from None
    if not _NAME.fullmatch(host):
        raise NoSite(typed)
    return host


def _of(campaign_id: int) -> Select[FrameSite]:
    return select(FrameSite).where(FrameSite.campaign_id == campaign_id).order_by(FrameSite.host)
