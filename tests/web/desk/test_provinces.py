"""From national to province on the desk, and what visitors see of it."""

import brotli
import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.clones import clones_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from tests.cast import leila, mina, parisa, person, reza
from tests.families import KERMAN, QOM, cloned, opened
from tests.support.crowds import at_once
from tests.web.officehands import Hands, filled
from tests.worlds import change, gift, live_campaign, ready_draft


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def address(campaign, page=""):
    return f"/en/desk/c/{campaign.public_id}/{page}".rstrip("/")


def place(page: str, code: str) -> int:
    """Which row of the form is this province's."""
    return int(
        page.split(f'value="{code}"', maxsplit=1)[0].rsplit('name="rows-', 1)[1].split("-", maxsplit=1)[0]
    )


def asked(desk, campaign, **units: str):
    """Mina has chosen these provinces; the answer to her form."""
    page = desk.seen(address(campaign, "provinces/new"))
    wishes = {}
    for code, number in units.items():
        row = place(page, code.replace("_", "-"))
        wishes |= {f"rows-{row}-chosen": "y", f"rows-{row}-unit_count": number}
    return desk.fill(address(campaign, "provinces/new"), **wishes)


def test_one_act_makes_all_drafts_and_the_same_form_again_makes_none(desk):
    campaign = ready_draft(desk.user)
    check = asked(desk, campaign, IR_08="۱۲", IR_25="8")
    assert "Check the provinces" in check.text and "20" in check.text and not clones_of(campaign.id)
    form = filled(check)
    page = desk.after(desk.post(address(campaign, "provinces"), form))
    assert "the drafts of 2 provinces" in page and "Qom" in page and "Kerman" in page
    made = [db.session.get_one(Campaign, row.campaign_id) for row in clones_of(campaign.id)]
    assert {(one.slug, one.unit_count) for one in made} == {
        ("dowry-kerman-kerman", 12),
        ("dowry-kerman-qom", 8),
    }
    assert "already" in desk.after(desk.post(address(campaign, "provinces"), form))
    assert len(db.session.scalars(select(Campaign)).all()) == 3


def test_two_who_press_at_the_same_moment_make_each_province_once(app, desk):
    campaign, hands = ready_draft(desk.user), (desk, Hands(app, leila()))
    forms = [filled(asked(who, campaign, IR_08="12", IR_25="8")) for who in hands]
    there = address(campaign, "provinces")
    assert at_once(app, 2, lambda one: hands[one].post(there, forms[one]).status_code) == [303, 303]
    db.session.expire_all()
    assert len(clones_of(campaign.id)) == 2


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(desk):
    campaign = ready_draft(desk.user)
    nothing = asked(desk, campaign)
    assert nothing.status_code == 422 and "Choose at least one province." in nothing.text
    wrong = asked(desk, campaign, IR_08="", IR_25="many")
    assert wrong.status_code == 422 and wrong.text.count('class="errmsg"') == 2
    assert "Write how many units this province gathers for." in wrong.text and 'value="many"' in wrong.text


def test_from_the_check_page_back_to_the_form_with_everything(desk):
    campaign = ready_draft(desk.user)
    form = filled(asked(desk, campaign, IR_08="12"))
    form["back"] = "1"
    again = desk.post(address(campaign, "provinces/new"), form).text
    assert f'name="rows-{place(again, KERMAN)}-chosen" value="y" checked' in again
    assert 'value="12"' in again


def test_only_who_writes_for_the_whole_country_clones(app, desk):
    campaign = ready_draft(desk.user)
    (kerman,) = cloned(campaign, desk.user, KERMAN)
    assert desk.get(address(kerman, "provinces/new")).status_code == 404
    sahar = Hands(app, person("Sahar", Role.PROVINCE_DESK, province_code=KERMAN))
    assert sahar.get(address(campaign, "provinces")).status_code == 200  # it helps Kerman too
    assert sahar.get(address(campaign, "provinces/new")).status_code == 404
    other = Hands(app, person("Omid", Role.ORGANIZER))
    for page in ("provinces", "provinces/new", "proposals"):
        assert other.get(address(campaign, page)).status_code == 404


def test_the_desk_of_the_province_reads_the_difference_and_answers(desk):
    readers = (reza(), parisa())
    campaign = live_campaign(desk.user, *readers)
    (qom,) = cloned(campaign, desk.user, QOM)
    change(qom, Part.STORY, desk.user, story={"fa": "ما در قم می‌نویسیم.", "en": ""})
    edit = change(campaign, Part.STORY, desk.user, story={"fa": "همهٔ کشور می‌نویسد.", "en": ""})
    item = find("edit", edit.public_id)
    assert item is not None
    decide(item, readers[0], Verdict.APPROVE)
    db.session.commit()
    assert "1 change waits for you" in desk.seen(address(qom))
    assert "1 change of yours is not answered" in desk.seen(address(campaign, "provinces"))
    page = desk.seen(address(qom, "proposals"))
    assert "<del>" in page and "<ins>" in page
    late = desk.fill(address(qom, "proposals"), to=address(qom, "proposals/story/take"), mark="old")
    assert "The words have changed meanwhile" in desk.after(late)
    done = desk.after(desk.fill(address(qom, "proposals"), to=address(qom, "proposals/story/take")))
    assert "Nothing is proposed to you." in done and "taken over" in done
    assert read(qom, Part.STORY)["story"]["fa"] == "همهٔ کشور می‌نویسد."


def test_a_visitor_sees_one_sum_and_chooses_where_to_give(desk, client):
    readers = (reza(), parisa())
    campaign = live_campaign(desk.user, *readers)
    before = client.get("/en/c/dowry-kerman").text
    assert "Province by province" not in before
    for child in cloned(campaign, desk.user, KERMAN, QOM):
        opened(child, *readers)
    gift(db.session.get_one(Campaign, clones_of(campaign.id)[0].campaign_id), 90_000_000)
    page = client.get("/en/c/dowry-kerman").text
    assert "Province by province" in page and "2 of 40" in page
    numbers = client.get("/api/campaigns/dowry-kerman.json").json
    assert (numbers["received_rials"], numbers["gifts"], numbers["unit"]["count"]) == (90_000_000, 1, 40)
    where = client.get("/en/c/dowry-kerman/give?amount=200000&intent=sadaqah").text
    assert "Furthest behind today: Qom" in where
    link = where.split('class="btn wide" href="')[1].split('"')[0].replace("&amp;", "&")
    assert link.startswith("/en/c/dowry-kerman-ir-25/give?") and "amount=200000" in link
    assert client.get(link).status_code == 200
    assert "One province of" in client.get("/en/c/dowry-kerman-ir-25").text


def test_a_national_page_with_every_province_stays_small(app):
    author, moderators = mina(), [reza(), parisa()]
    national = live_campaign(author, *moderators)
    codes = [f"IR-{number:02}" for number in range(31)]
    for child in cloned(national, author, *codes):
        opened(child, *moderators)
        gift(child, rials=76_543_210 + child.id * 1_000_000)
    for path in (f"/c/{national.slug}", f"/en/c/{national.slug}"):
        page = app.test_client().get(path).data
        assert page.decode().count(f"/c/{national.slug}-ir-") >= 31
        assert len(brotli.compress(page)) <= 9 * 1024
