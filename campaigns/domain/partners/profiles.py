"""What is said of an organization as a partner: brought in, written, shown once a moderator agrees. None commit."""

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.base import stamps
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.partners.models import PartnerLogo, PartnerProfile

MOST_LOGO_BYTES = 1024 * 1024
MOST_PIXELS = 16_000_000
LOGO_BOX = (480, 240)
FORMATS = ("PNG", "JPEG", "WEBP")


class NotALogo(Exception):
    """Too large, or no picture of a kind that is taken."""


class Taken(Exception):
    """Another organization has this address, or somebody else has written a version this moment."""


@dataclass(frozen=True)
class Name:
    """What an organization is called and where its page is."""

    slug: str
    fa: str
    en: str
    phone: str
    province_code: str | None


@dataclass(frozen=True)
class Said:
    """What a profile says. `logo` is PNG bytes (`painted`); empty: the logo of the last version stays."""

    kind: str
    license_number: str
    about_fa: str
    about_en: str
    website: str
    logo: bytes = b""


def bring_in(name: Name, said: Said, author: User, marks: Mapping[str, Any] | None = None) -> PartnerProfile:
    """A new organization with its first profile, both hidden until a moderator has agreed. Raises `Taken`."""
    house = Organization(
        slug=name.slug,
        name_fa=name.fa,
        name_en=name.en,
        phone=name.phone,
        province_code=name.province_code,
        license_number=said.license_number,
    )
    db.session.add(house)
    try:
        db.session.flush()
    except IntegrityError:
        raise Taken from None
    return write(house, said, author, marks)


def write(
    house: Organization, said: Said, author: User, marks: Mapping[str, Any] | None = None
) -> PartnerProfile:
    """A new version that waits for a moderator, in place of one that waits still. Raises `Taken`."""
    last = newest(house.id)
    for row in versions(house.id):
        if row.state in {"waiting", "returned"}:
            row.state = "replaced"
    db.session.flush()
    facts = vars(said) | {}
    logo = facts.pop("logo")
    profile = PartnerProfile(
        organization_id=house.id, author_id=author.id, hidden_marks=dict(marks or {}) or None, **facts
    )
    db.session.add(profile)
    try:
        db.session.flush()
    except IntegrityError:
        raise Taken from None
    kept = db.session.get(PartnerLogo, last.id) if last else None
    logo = logo or (kept.content if kept else b"")
    if logo:
        profile.has_logo = True
        db.session.add(PartnerLogo(profile_id=profile.id, content=logo))
        db.session.flush()
    return profile


def show(profile: PartnerProfile) -> None:
    """This version is the one everybody reads from now on."""
    for row in versions(profile.organization_id):
        if row.state == "shown" and row.id != profile.id:
            row.state = "replaced"
    db.session.flush()
    profile.state, profile.shown_at = "shown", now()
    db.session.flush()
    stamps.bump(stamps.PORTAL)


def unshow(profile: PartnerProfile) -> None:
    """It waits again; the version shown before it is shown as it was."""
    profile.state, profile.shown_at = "waiting", None
    db.session.flush()
    before = [row for row in versions(profile.organization_id) if row.shown_at and row.id < profile.id]
    if before:
        before[-1].state = "shown"
    stamps.bump(stamps.PORTAL)


def versions(organization_id: int) -> list[PartnerProfile]:
    """Every version, the oldest first."""
    query = select(PartnerProfile).where(PartnerProfile.organization_id == organization_id)
    return list(db.session.scalars(query.order_by(PartnerProfile.id)))


def newest(organization_id: int) -> PartnerProfile | None:
    rows = versions(organization_id)
    return rows[-1] if rows else None


def painted(raw: bytes) -> bytes:
    """A logo on a white field of `LOGO_BOX`, painted from its pixels alone. Raises `NotALogo`."""
    if len(raw) > MOST_LOGO_BYTES:
        raise NotALogo
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotALogo
                plain = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotALogo from None
    except (OSError, SyntaxError, ValueError):
        raise NotALogo from None
    plain.thumbnail(LOGO_BOX)
    paper = Image.new("RGB", LOGO_BOX, (255, 255, 255))
    middle = ((LOGO_BOX[0] - plain.width) // 2, (LOGO_BOX[1] - plain.height) // 2)
    paper.paste(plain, middle, mask=plain.getchannel("A"))
    made = io.BytesIO()
    paper.save(made, "PNG", optimize=True)
    return made.getvalue()
