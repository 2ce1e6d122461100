"""Mina keeps the list of what her campaign needs: written at once in a draft, after a moderator on a public page."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.goods import counting
from campaigns.domain.goods.need_models import DropOffPlace, NeedEdit, NeedLine
from campaigns.domain.regions.models import County
from tests.cast import mina, parisa, person, reza
from tests.domain.goods.needy import need, place, today
from tests.web.officehands import Hands
from tests.web.refusals import beside, summary
from tests.worlds import live_campaign, ready_draft

NEW = {"item_fa": "پتوی دونفره", "quantity": "۴۰", "unit_fa": "تخته", "price": "۲۰۰٬۰۰۰", "takes_money": "y"}
PUBLIC = "/en/c/dowry-kerman/needs"


@pytest.fixture
def people(app):
    author, moderators = mina(), (reza(), parisa())
    return Hands(app, author), Hands(app, moderators[0]), moderators


@pytest.fixture
def campaign(people):
    mina_, _reza, moderators = people
    return live_campaign(mina_.user, *moderators)


@pytest.fixture
def counties(campaign):
    for name in ("بم", "جیرفت"):
        db.session.add(County(province_code="IR-08", name_fa=name))
    db.session.commit()


def desk(campaign, page=""):
    return f"/en/desk/c/{campaign.public_id}/needs{page}"


def lines():
    db.session.rollback()
    return list(db.session.scalars(select(NeedLine).order_by(NeedLine.position)))


def edits():
    db.session.rollback()
    return list(db.session.scalars(select(NeedEdit).order_by(NeedEdit.id)))


def decide(hands, verdict="approve"):
    [*_, newest] = edits()
    path = f"/en/mod/need/{newest.public_id}"
    hands.after(hands.fill(path, verdict=verdict, reason="numbers", note="بنویسید برای چند نفر."))


def test_in_a_draft_a_need_is_written_at_once(people):
    mina_, _reza, _moderators = people
    draft = ready_draft(mina_.user)
    mina_.after(mina_.fill(desk(draft, "/new"), **NEW))
    assert [(line.item_fa, line.quantity, line.unit_price_rials) for line in lines()] == [
        ("پتوی دونفره", 40, 2_000_000)
    ]
    assert edits() == [] and "پتوی دونفره" in mina_.seen(f"/en/desk/c/{draft.public_id}/preview/page")


def test_on_a_public_page_it_waits_for_a_moderator(people, campaign, client):
    mina_, reza_, _moderators = people
    mina_.after(mina_.fill(desk(campaign, "/new"), **NEW))
    assert lines() == [] and client.get(PUBLIC).status_code == 404
    assert "پتوی دونفره" in mina_.seen(desk(campaign))
    assert "Needs in goods" in reza_.seen("/en/mod/")
    assert "پتوی دونفره" in reza_.seen(f"/en/mod/need/{edits()[0].public_id}")
    decide(reza_)
    assert "<b>40</b> of 40 left" in client.get(PUBLIC).text


def test_a_change_waits_and_the_page_stays_until_it_is_agreed_to(people, campaign, client):
    mina_, reza_, _moderators = people
    line = need(campaign)
    mina_.after(mina_.fill(desk(campaign, f"/{line.public_id}"), quantity="50"))
    assert "<b>40</b> of 40 left" in client.get(PUBLIC).text
    mina_.after(mina_.fill(desk(campaign, f"/{line.public_id}"), quantity="60"))
    assert "پتو" in reza_.seen(f"/en/mod/need/{edits()[-1].public_id}")
    assert [edit.state for edit in edits()] == ["withdrawn", "waiting"]
    decide(reza_)
    assert "<b>60</b> of 60 left" in client.get(PUBLIC).text


def test_what_is_sent_back_is_mended_and_an_approval_can_be_taken_back(people, campaign, client):
    mina_, reza_, _moderators = people
    mina_.after(mina_.fill(desk(campaign, "/new"), **NEW))
    decide(reza_, "return")
    assert "بنویسید برای چند نفر" in mina_.seen(desk(campaign))
    again = desk(campaign, f"/new?again={edits()[0].public_id}")
    assert "پتوی دونفره" in mina_.seen(again)
    mina_.after(mina_.fill(again, to=desk(campaign, "/new"), quantity="30"))
    assert [edit.state for edit in edits()] == ["withdrawn", "waiting"]
    decide(reza_)
    assert [line.state for line in lines()] == ["shown"]
    path = f"/en/mod/need/{edits()[-1].public_id}"
    page = reza_.seen(path)
    undo = page.split(f'action="{path}/undo/')[1].split('"')[0]
    reza_.after(reza_.client.post(f"{path}/undo/{undo}", data={"csrf_token": reza_.token}))
    assert [line.state for line in lines()] == ["hidden"] and client.get(PUBLIC).status_code == 404
    decide(reza_)
    assert [line.state for line in lines()] == ["shown"]


def test_fewer_than_promised_are_not_asked_for(people, campaign):
    mina_, reza_, _moderators = people
    line = need(campaign)
    mina_.after(mina_.fill(desk(campaign, f"/{line.public_id}"), quantity="5"))
    assert counting.hold(line, 6)
    db.session.commit()
    path = f"/en/mod/need/{edits()[0].public_id}"
    refused = reza_.fill(path, verdict="approve")
    assert refused.status_code == 422 and "More has been promised" in refused.text
    again = mina_.fill(desk(campaign, f"/{line.public_id}"), quantity="5")
    assert again.status_code == 422 and "6 are promised or there already" in beside(again)["quantity"]


def test_the_same_thing_is_asked_for_once_a_county(people, campaign):
    mina_, _reza, _moderators = people
    need(campaign, "پتو")
    refused = mina_.fill(desk(campaign, "/new"), **NEW | {"item_fa": "پتو"})
    assert refused.status_code == 422 and "on the list already" in beside(refused)["item_fa"]


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(people, campaign):
    mina_, _reza, _moderators = people
    refused = mina_.fill(desk(campaign, "/new"), item_fa="پتو", takes_money="y", ends_on="1399/01/01")
    assert refused.status_code == 422 and "پتو" in refused.text
    said = summary(refused)
    for sentence in ("Write how many are needed", "Write what it is counted in", "Write what one costs"):
        assert sentence in str(said)
    assert "passed already" in str(said)


def test_order_closing_and_the_date_of_the_list_are_done_at_once(people, campaign, client):
    mina_, _reza, _moderators = people
    first, second = (
        need(campaign, "پتو", confirmed_on=today() - timedelta(days=20)),
        need(campaign, "چراغ", position=1),
    )

    def press(page):
        return mina_.after(mina_.client.post(desk(campaign, page), data={"csrf_token": mina_.token}))

    press(f"/{second.public_id}/up")
    assert [line.item_fa for line in lines()] == ["چراغ", "پتو"]
    press(f"/{first.public_id}/close")
    assert "Closed: 0 of 40 came" in client.get(PUBLIC).text
    press(f"/{first.public_id}/reopen")
    press("/confirm")
    assert {line.confirmed_on for line in lines()} == {today()}
    press(f"/{first.public_id}/remove")
    assert [line.state for line in lines()] == ["shown", "shown"]


def test_a_place_is_shown_with_its_hours_once_it_is_agreed_to(people, campaign, client):
    mina_, reza_, _moderators = people
    line = need(campaign)
    answers = {"name_fa": "انبار کرمان", "address_fa": "خیابان بهمنیار", "hours_fa": "شنبه تا چهارشنبه"}
    mina_.after(mina_.fill(desk(campaign, "/places/new"), area="IR-08", needs=line.public_id, **answers))
    assert "خیابان بهمنیار" not in client.get(PUBLIC).text
    decide(reza_)
    assert "خیابان بهمنیار" in client.get(PUBLIC).text
    kept = db.session.scalar(select(DropOffPlace))
    mina_.after(
        mina_.client.post(
            desk(campaign, f"/places/{kept.public_id}/remove"), data={"csrf_token": mina_.token}
        )
    )
    assert "خیابان بهمنیار" not in client.get(PUBLIC).text


def test_another_organizer_finds_none_of_it(app, people, campaign):
    line, there = need(campaign), place(campaign)
    stranger = Hands(app, person("Sara", Role.ORGANIZER))
    for page in (
        "",
        "/new",
        f"/{line.public_id}",
        f"/places/{there.public_id}",
        "/file",
        "/file/template.csv",
    ):
        assert stranger.client.get(desk(campaign, page)).status_code == 404
    mina_, _reza, _moderators = people
    other = ready_draft(mina_.user, "lamps-kerman")
    assert mina_.client.get(desk(other, f"/{line.public_id}")).status_code == 404


def bring(hands, campaign, text, name="needs.csv"):
    data = {"csrf_token": hands.token, "file": (io.BytesIO(text.encode("utf-8-sig")), name)}
    return hands.client.post(desk(campaign, "/file"), data=data, content_type="multipart/form-data")


def import_all(hands, page):
    kept = page.text.split('name="kept"')[1].split('value="')[1].split('"')[0]
    path = page.request.path
    return hands.after(hands.client.post(path, data={"csrf_token": hands.token, "kept": kept}))


FILE = "شهرستان,قلم,تعداد,واحد,بهای یکی به تومان\nبم,پتو,۴۰,تخته,۲۰۰٬۰۰۰\nجيرفت,پتو,٢٥,تخته,200000\n,چراغ,12,عدد,\n"


def test_a_file_of_needs_is_looked_at_first_and_then_comes_whole(people, campaign, counties, client):
    mina_, reza_, _moderators = people
    preview = bring(mina_, campaign, FILE)
    assert preview.status_code == 200 and "3 new needs" in preview.text and lines() == []
    import_all(mina_, preview)
    assert lines() == [] and "waits for a moderator already" in bring(mina_, campaign, FILE).text
    assert "Needed" in reza_.seen(f"/en/mod/need/{edits()[0].public_id}")
    decide(reza_)
    found = {(line.county.name_fa if line.county else "", line.item_fa): line for line in lines()}
    assert found["جیرفت", "پتو"].quantity == 25 and found["بم", "پتو"].unit_price_rials == 2_000_000
    assert not found["", "چراغ"].takes_money
    assert "Everything in this file is on the list already" in bring(mina_, campaign, FILE).text
    changed = bring(mina_, campaign, FILE.replace("۴۰", "50"))
    assert "1 changed" in changed.text and "2 as they are" in changed.text


def test_a_file_with_one_wrong_row_brings_nothing_and_says_where(people, campaign, counties):
    mina_, _reza, _moderators = people
    wrong = FILE + "تهران,پتو,سه,تخته,\nبم,=HYPERLINK(1),4,عدد,\nبم,پتو,4,تخته,\nبم,اجاق,زیاد,عدد,\n"
    page = bring(mina_, campaign, wrong)
    assert page.status_code == 422 and lines() == [] and edits() == []
    rows = [row.split("</tr>")[0] for row in page.text.split("<tr>")[2:]]
    assert "5" in rows[0] and "Quantity" in rows[0]
    assert "5" in rows[1] and "County" in rows[1] and "helps in no county" in rows[1]
    assert "6" in rows[2] and "formula" in rows[2]
    assert "7" in rows[3] and "row 2 already" in rows[3]
    assert "8" in rows[4] and "Quantity" in rows[4]
    assert "Import all of it" not in page.text


def test_the_template_names_the_counties_and_comes_back_empty(people, campaign, counties):
    mina_, _reza, _moderators = people
    text = mina_.client.get(desk(campaign, "/file/template.csv")).get_data(as_text=True)
    assert '"County"' in text and "جیرفت" in text
    assert (
        "Everything in this file is on the list already" in bring(mina_, campaign, text.lstrip("\ufeff")).text
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "nothing in this file"), ("a,b\n1,2\n", "names no column"), ("x" * 250_000, "too large")],
)
def test_a_file_that_is_no_list_of_needs_is_refused_in_words(people, campaign, text, sentence):
    mina_, _reza, _moderators = people
    page = bring(mina_, campaign, text)
    assert page.status_code == 422 and sentence in page.text
