"""A freeze is heard of by letter: by who runs the campaign, and by those who may say what becomes of it."""

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.notices.models import Letter
from campaigns.domain.problems.freezing import standing
from tests.cast import leila, mina, parisa, person, reza
from tests.web.officehands import Hands
from tests.worlds import live_campaign

REASON = "گزارش شده که پول به جای دیگری می‌رود."


def told(template: str = "giving:") -> dict[str, Letter]:
    found = db.session.scalars(select(Letter).where(Letter.dedupe_key.startswith(template)))
    return {letter.to: letter for letter in found}


def test_a_freeze_and_a_thaw_are_told_to_everybody_concerned_and_to_nobody_else(app):
    author, moderator, second, boss = mina(), reza(), parisa(), leila()
    campaign = live_campaign(author, moderator, second)
    helper = person("Nima", Role.ORGANIZER, campaign_id=campaign.id, language="en")
    person("Sima", Role.MODERATOR, province_code="IR-21")
    person("Roya", Role.ORGANIZER)
    db.session.commit()
    froze = Hands(app, moderator).fill(
        f"/mod/campaign/{campaign.public_id}/freeze", reason=REASON, note="only for us"
    )
    assert froze.status_code == 303 and standing(campaign) is not None
    letters = told()
    assert set(letters) == {author.email, second.email, boss.email, helper.email}
    assert all(REASON in letter.body and "only for us" not in letter.body for letter in letters.values())
    assert (
        letters[helper.email].subject.startswith("Giving to") and "/en/desk/c/" in letters[helper.email].body
    )
    assert f"/mod/campaign/{campaign.public_id}/thaw" in letters[second.email].body
    assert "/mod/" not in letters[author.email].body and "متوقف" in letters[author.email].subject
    thaw = Hands(app, second).fill(
        f"/mod/campaign/{campaign.public_id}/thaw", act="thaw", reason="چیزی نبود."
    )
    assert thaw.status_code == 303
    again = db.session.scalars(select(Letter).where(Letter.body.contains("چیزی نبود."))).all()
    assert {letter.to for letter in again} == {author.email, moderator.email, boss.email, helper.email}


def test_a_freeze_that_is_refused_tells_nobody(app):
    campaign = live_campaign(mina(), reza())
    hands, path = Hands(app, leila()), f"/mod/campaign/{campaign.public_id}/freeze"
    assert hands.post(path, {"csrf_token": hands.token, "reason": ""}).status_code == 422
    assert told() == {}
