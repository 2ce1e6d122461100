"""Mina appeals on her desk and Parisa answers; Leila writes the texts of reasons; figures that name nobody."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import Scope
from campaigns.domain.campaigns.states import State
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.figures import rows_of, share
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.domain.notices.models import Letter
from tests.cast import leila, mina, parisa, reza
from tests.queueing import waiting
from tests.web.officehands import Hands
from tests.worlds import sent_campaign

EVERYWHERE = Scope(everywhere=True, province_codes=frozenset(), campaign_ids=frozenset(), own=False)


@pytest.fixture
def people(app):
    """Mina, Reza and Parisa, each in their own browser."""
    return Hands(app, mina()), Hands(app, reza()), Hands(app, parisa())


def letters():
    return db.session.scalars(db.select(Letter).order_by(Letter.id)).all()


def test_mina_appeals_and_parisa_grants(app, people):
    mina_, reza_, parisa_ = people
    campaign = sent_campaign(mina_.user)
    reza_.fill(
        f"/en/mod/campaign/{campaign.public_id}", verdict="reject", reason="mission", note="کار ما نیست."
    )
    desk = mina_.seen(f"/en/desk/c/{campaign.public_id}")
    address = desk.split('href="/en/desk/appeals/')[1].split('"')[0]
    path = f"/en/desk/appeals/{address}"
    assert reza_.get(path).status_code == 404 and mina_.get("/en/desk/appeals/none").status_code == 404
    answer = mina_.fill(path, words="")
    assert answer.status_code == 422 and "Write why you see it differently" in answer.text
    assert "Your appeal waits" in mina_.after(mina_.fill(path, words="در اساسنامه هست."))
    (item,) = waiting("appeal")
    page = parisa_.seen(f"/en/mod/appeal/{item.public_id}")
    assert "در اساسنامه هست." in page and "کار ما نیست." in page and "Reza" in page
    answer = reza_.fill(f"/en/mod/appeal/{item.public_id}", verdict="approve")
    assert answer.status_code == 422 and "against your own decision" in answer.text
    parisa_.after(parisa_.fill(f"/en/mod/appeal/{item.public_id}", verdict="approve"))
    assert campaign.state == State.SUBMITTED and "was granted" in mina_.seen(path)
    assert path.removeprefix("/en") in letters()[-1].body


def test_leila_writes_another_text_and_mina_reads_it(app, people):
    mina_, reza_, _parisa = people
    leila_ = Hands(app, leila())
    assert reza_.get("/en/mod/reasons").status_code == 404
    path = "/en/mod/reasons"
    assert leila_.fill(path, **{"numbers-fa": " "}).status_code == 422
    assert "1 text is new" in leila_.after(leila_.fill(path, **{"numbers-fa": "بنویسید از کجا می‌دانید."}))
    assert "0 texts are new" in leila_.after(leila_.fill(path))
    leila_.after(leila_.fill(path, **{"numbers-fa": "لطفا منبع را بنویسید."}))
    page = leila_.seen(path)
    assert "بنویسید از کجا می‌دانید." in page, "the earlier version stays"
    campaign = sent_campaign(mina_.user)
    reza_.fill(f"/en/mod/campaign/{campaign.public_id}", verdict="return", reason="numbers", note="کدام؟")
    assert "لطفا منبع را بنویسید." in letters()[-1].body


def test_figures_tell_of_classes_and_weeks_and_of_nobody(people):
    mina_, reza_, parisa_ = people
    for place, hours in enumerate((1, 2, 3, 30)):
        sent = now() - timedelta(days=7)
        with clock.at(sent):
            campaign = sent_campaign(mina_.user, f"number-{place}")
        with clock.at(sent + timedelta(hours=hours)):
            verdict = (Verdict.RETURN, Reason.LANGUAGE, "دوباره") if place == 0 else (Verdict.APPROVE,)
            decide(find("campaign", campaign.public_id), reza_.user, *verdict)
    db.session.commit()
    whole, *weekly = rows_of(EVERYWHERE)
    assert (whole.service, whole.decided, whole.returned_percent) == ("campaign", 4, 25)
    assert whole.median <= whole.ninth and sum(row.decided for row in weekly) == 4
    spans = [timedelta(hours=hour) for hour in range(1, 11)]
    assert (share(spans, 5), share(spans, 9), share(spans[:1], 9)) == (spans[4], spans[8], spans[0])
    page = parisa_.seen("/en/mod/figures")
    assert "25 percent" in page and "Wording" in page and "Reza" not in page
    assert mina_.get("/mod/figures").status_code == 404
