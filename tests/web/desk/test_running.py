"""A campaign that runs: news, steering, gifts and their list. And what is Mina's is only Mina's."""

import csv
import io
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.states import State
from campaigns.domain.exports.models import Export
from tests.cast import leila, mina, parisa, person, reza
from tests.domain.refunds.money import agreed, farid, negar, placed, whole
from tests.web.officehands import Hands
from tests.web.refusals import beside, summary
from tests.worlds import gift, live_campaign, ready_draft


@pytest.fixture
def desk(app):
    return Hands(app, mina())


@pytest.fixture
def campaign(desk):
    return live_campaign(desk.user, reza(), parisa())


def address(campaign, page=""):
    return f"/en/desk/c/{campaign.public_id}/{page}".rstrip("/")


def test_news_wait_are_shown_and_are_taken_back(app, desk, campaign, client):
    page = desk.after(desk.fill(address(campaign, "updates"), title="ده جهیزیه رسید", body="در بم و زرند."))
    assert "ده جهیزیه رسید" in page and "waits for a moderator" in page
    assert "ده جهیزیه رسید" not in client.get("/c/dowry-kerman").text
    update = db.session.scalars(select(CampaignUpdate)).one()
    moderator = Hands(app, person("Nima", Role.MODERATOR))
    item = f"/en/mod/update/{update.public_id}"
    assert "در بم و زرند." in moderator.seen(item)
    page = moderator.after(moderator.fill(item, verdict="approve"))
    assert "ده جهیزیه رسید" in client.get("/c/dowry-kerman").text
    assert "shown</span>" in desk.seen(address(campaign, "updates"))
    decision = page.split("/undo/")[1].split('"')[0]
    moderator.after(moderator.fill(item, to=f"{item}/undo/{decision}"))
    assert "ده جهیزیه رسید" not in client.get("/c/dowry-kerman").text


def test_news_need_a_title_and_a_body(desk, campaign):
    answer = desk.fill(address(campaign, "updates"), title="", body="نوشته‌ام می‌ماند")
    assert answer.status_code == 422 and "title-error" in answer.text and "نوشته‌ام می‌ماند" in answer.text


def test_a_draft_has_no_news(desk):
    draft = ready_draft(desk.user)
    assert "once the campaign is public" in desk.seen(address(draft, "updates"))
    form = {"csrf_token": desk.token, "title": "زود", "body": "زود", "language": "fa"}
    assert desk.post(address(draft, "updates"), form).status_code == 422


def test_leila_pauses_and_resumes_with_a_reason_everybody_reads(app, desk, campaign, client):
    office = Hands(app, leila())
    answer = office.fill(address(campaign, "pause"), reason=" ")
    assert answer.status_code == 422 and "reason-error" in answer.text and campaign.state == State.LIVE
    office.after(office.fill(address(campaign, "pause"), reason="انبار پر است."))
    assert campaign.state == State.PAUSED and "انبار پر است." in client.get("/c/dowry-kerman").text
    office.after(office.fill(address(campaign, "resume"), reason="انبار خالی شد."))
    assert campaign.state == State.LIVE
    assert "انبار پر است." in desk.seen(address(campaign)), "the past of the campaign is kept"


@pytest.mark.parametrize(("step", "after"), [("end", State.ENDED), ("cancel", State.CANCELLED)])
def test_leila_ends_a_campaign_and_its_page_says_why(app, campaign, client, step, after):
    office = Hands(app, leila())
    office.after(office.fill(address(campaign, step), reason="همه به خانه رسیدند."))
    assert campaign.state == after
    page = client.get("/c/dowry-kerman")
    assert page.status_code == 200 and "همه به خانه رسیدند." in page.text
    assert office.get(address(campaign, "pause")).status_code == 404


def test_a_move_that_is_not_possible_is_404(app, campaign):
    office = Hands(app, leila())
    assert office.get(address(campaign, "resume")).status_code == 404
    answer = office.post(address(campaign, "resume"), {"csrf_token": office.token, "reason": "چرا"})
    assert answer.status_code == 404 and campaign.state == State.LIVE


def test_mina_herself_steers_nothing(desk, campaign):
    assert desk.get(address(campaign, "pause")).status_code == 404
    assert "/pause" not in desk.seen(address(campaign))


def test_the_gifts_show_who_wants_to_be_seen(desk, campaign):
    gift(campaign, 500_000, donor_name="سارا محمدی", hide_name=False, mobile="+989121112233")
    gift(campaign, 700_000, donor_name="پنهان", hide_name=True, mobile="+989124445566", intent="nazr")
    page = desk.seen(address(campaign, "gifts"))
    assert "سارا محمدی" in page and "120,000" in page and "2 gifts" in page
    for private in ("پنهان", "9121112233", "912 111", "9124445566"):
        assert private not in page
    only = desk.seen(address(campaign, "gifts?intent=nazr"))
    assert "70,000" in only and "سارا محمدی" not in only


def test_an_amount_its_donor_hid_is_hidden_from_the_desk_as_well(app, desk, campaign):
    gift(campaign, 7_770_000, donor_name="سارا محمدی", hide_name=False, hide_amount=True)
    gift(campaign, 500_000)
    page = desk.seen(address(campaign, "gifts"))
    assert "777,000" not in page and "amount not shown" in page and "50,000" in page
    assert "827,000" in page  # the sum is what the book says
    assert [row[2] for row in gifts_csv(desk, campaign)[1:]] == ["500000", ""]
    kamran = Hands(app, person("Kamran", Role.FINANCE, language="en"))
    assert "777,000" in kamran.seen(address(campaign, "gifts"))
    assert [row[2] for row in gifts_csv(kamran, campaign)[1:]] == ["500000", "7770000"]


def test_gifts_that_went_back_are_marked_and_in_no_sum(app, desk, campaign):
    whole_one, part = whole(app, campaign, 700_000), whole(app, campaign, 500_000)
    whole(app, campaign, 300_000)
    one, other = farid(), negar()
    agreed(whole_one, one, other, 700_000)
    agreed(part, one, other, 200_000)
    placed()
    page = desk.seen(address(campaign, "gifts"))
    assert "60,000 toman from 2 gifts" in page
    assert "gone back to the donor; not counted" in page and "<s>70,000</s>" in page
    assert "partly gone back" in page and "30,000" in page
    rows = [(row[2], row[6], row[7]) for row in gifts_csv(desk, campaign)]
    assert rows == [
        ("Rials", "State", "Gone back, in rials"),
        ("300000", "received", "0"),
        ("500000", "partly gone back", "200000"),
        ("700000", "gone back to the donor; not counted", "700000"),
    ]


def test_the_gifts_of_a_day_are_those_of_that_day_in_tehran(desk, campaign):
    gift(campaign, 500_000, at=datetime(2026, 11, 22, 20, 29, tzinfo=UTC))  # 23:59 on 1405/09/01
    gift(campaign, 700_000, at=datetime(2026, 11, 22, 20, 31, tzinfo=UTC))  # 00:01 on 1405/09/02
    rows = gifts_csv(desk, campaign, "first=۱۴۰۵/۰۹/۰۲&last=2026-11-23")
    assert [(row[1], row[2]) for row in rows[1:]] == [("2026-11-23", "700000")]
    assert [row[2] for row in gifts_csv(desk, campaign, "last=1405/9/1")[1:]] == ["500000"]


@pytest.mark.parametrize("day", ["۱۴۰۵/۱۳/۰۱", "yesterday", "2026-99999999999-1", "9" * 3000])
def test_a_day_that_is_none_is_said_and_stays_in_its_field(desk, campaign, day):
    answer = desk.get(address(campaign, f"gifts?first={day}"))
    assert answer.status_code == 422 and day in answer.text
    assert dict(summary(answer)) == beside(answer) and list(beside(answer)) == ["first"]
    download = taken(desk, campaign, f"first={day}")
    assert download.status_code == 422 and dict(summary(download)) == beside(
        download
    )  # never all of them instead


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(desk, campaign):
    gift(campaign, 500_000, donor_name='=HYPERLINK("x")', hide_name=False, mobile="+989121112233")
    gift(campaign, 600_000, donor_name="پنهان", dedication="@پدرم")
    answer = taken(desk, campaign)
    logged = db.session.scalars(select(Export).where(Export.campaign_id == campaign.id)).one()
    assert (logged.user_id, logged.rows, logged.personal) == (desk.user.id, 2, True)
    assert logged.sha256 == sha256(answer.data).digest()
    assert taken(desk, campaign, kind="xlsx").data.startswith(b"PK")
    assert (
        answer.data.startswith(b"\xef\xbb\xbf")
        and answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    )
    assert "dowry-kerman-gifts.csv" in answer.headers["Content-Disposition"]
    rows = gifts_csv(desk, campaign)
    assert [row[4] for row in rows[1:]] == ["Anonymous", """'=HYPERLINK("x")"""]
    assert rows[1][5] == "'@پدرم" and rows[1][2] == "600000"
    assert "9121112233" not in answer.text and "پنهان" not in answer.text


def test_older_gifts_are_one_page_on(desk, campaign):
    for number in range(1, 53):
        gift(campaign, number * 10_000_000)
    page = desk.seen(address(campaign, "gifts"))
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = desk.seen(older)
    assert "2,000,000" in rest and "3,000,000" not in rest and 'rel="next"' not in rest


def test_the_workshop_of_widgets_shows_what_was_chosen_and_gives_its_text(desk, campaign):
    page = desk.seen(address(campaign, "widgets"))
    assert page.count("<textarea") == 3 and page.count("&lt;iframe") == 1
    assert page.count('<iframe class="frame" sandbox=') == 2
    assert "badge.svg?m=dark" in desk.seen(address(campaign, "widgets") + "?kind=badge&m=dark")


def test_the_workshop_shows_what_a_campaign_belongs_to_and_nothing_else(desk, campaign):
    page = desk.seen(address(campaign, "widgets") + "?about=provinces/IR-08&kind=thermometer")
    assert "/en/e/provinces/IR-08/thermometer.svg" in page and "/en/widgets/provinces/IR-08/host?" in page
    assert '<input type="hidden" name="about" value="provinces/IR-08">' in page
    assert 'aria-current="page">Kerman' in page and "?about=organizations/nikookari" in page
    for other in ("provinces/IR-07", "organizations/other", "x"):
        assert desk.get(address(campaign, "widgets") + f"?about={other}").status_code == 404


PAGES = ("", "basics", "goal", "story", "look", "faq", "preview", "preview/page", "send", "gifts",
         "gifts/file", "pledges/file", "messages", "figures", "links", "team",
         "updates", "widgets", "pause", "resume", "end", "cancel")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_campaign_of_another_organizer_does_not_exist(app, campaign, page):
    nima = Hands(app, person("Nima", Role.ORGANIZER))
    assert nima.get(address(campaign, page)).status_code in {404, 405}
    answer = nima.post(address(campaign, page), {"csrf_token": nima.token, "reason": "x"})
    assert answer.status_code in {404, 405}
    assert campaign.slug not in nima.seen("/desk/")


def test_taking_back_the_campaign_of_another_is_404(app, campaign):
    nima = Hands(app, person("Nima", Role.ORGANIZER))
    assert nima.post(address(campaign, "take-back"), {"csrf_token": nima.token}).status_code == 404


def test_quiet_campaigns_ask_mina_for_news(desk, campaign):
    assert "no update for more than a week" not in desk.seen("/en/desk/")
    campaign.approved_at = datetime(2020, 1, 1, tzinfo=UTC)
    assert "no update for more than a week" in desk.seen("/en/desk/")


def gifts_csv(desk, campaign, query=""):
    answer = taken(desk, campaign, query)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def taken(desk, campaign, query="", kind="csv"):
    form = {"csrf_token": desk.token, "format": kind}
    return desk.post(address(campaign, f"gifts/file?{query}"), form)
