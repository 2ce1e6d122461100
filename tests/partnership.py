"""Partners and memoranda for tests, brought about as the house itself would."""

import io
from datetime import date, timedelta
from typing import Any

from PIL import Image

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.partners import actions, profiles
from campaigns.domain.partners.models import Memorandum, PartnerProfile
from tests.worlds import organization

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"


def today() -> date:
    return tehran_day(now())


def picture(size: tuple[int, int] = (40, 20)) -> bytes:
    """A red PNG."""
    made = io.BytesIO()
    Image.new("RGB", size, (200, 0, 0)).save(made, "PNG")
    return made.getvalue()


def said(**more: Any) -> profiles.Said:
    return profiles.Said(
        **{
            "kind": "guild",
            "license_number": "SP-1",
            "about_fa": "پرستارانی که می‌آیند.",
            "about_en": "Nurses who come.",
            "website": "https://nurses.example",
            **more,
        }
    )


def partner(
    author: User, slug: str = "nurses", province_code: str | None = None, **more: Any
) -> PartnerProfile:
    """An organization whose profile waits; committed."""
    organization()
    name = profiles.Name(slug, "انجمن نمونهٔ پرستاران", "Sample Nurses", "+982188441101", province_code)
    profile = profiles.bring_in(name, said(**more), author)
    db.session.commit()
    return profile


def terms(parties: list[Organization], house: Organization | None = None, **more: Any) -> actions.Terms:
    return actions.Terms(
        **{
            "house": house or organization(),
            "parties": parties,
            "campaigns": [],
            "division": "health",
            "for_network": False,
            "subject_fa": "همراهی پرستاران",
            "subject_en": "Nurses beside us",
            "terms_fa": "انجمن پرستار می‌فرستد.",
            "terms_en": "The association sends nurses.",
            "starts_on": today() - timedelta(days=3),
            "ends_on": today() + timedelta(days=30),
            **more,
        }
    )


def draft(author: User, parties: list[Organization], **more: Any) -> Memorandum:
    """A draft with both papers; committed."""
    memorandum = actions.draft(terms(parties, **more), author)
    for use in (actions.SIGNED, actions.COPY):
        actions.attach(memorandum, use, PDF + use.encode() + b"\n%%EOF\n", author)
    db.session.commit()
    return memorandum


def sent(author: User, parties: list[Organization], **more: Any) -> Memorandum:
    memorandum = draft(author, parties, **more)
    actions.send(memorandum, author)
    db.session.commit()
    return memorandum


def agreed(author: User, moderator: User, parties: list[Organization], **more: Any) -> Memorandum:
    """Approved: everybody may read it."""
    memorandum = sent(author, parties, **more)
    approve("memorandum", memorandum.public_id, moderator)
    return memorandum


def approve(kind: str, public_id: str, moderator: User) -> None:
    item = find(kind, public_id)
    assert item is not None
    decide(item, moderator, Verdict.APPROVE)
    db.session.commit()


def serving(campaign: Campaign) -> dict[str, Any]:
    return {"campaigns": [campaign]}
