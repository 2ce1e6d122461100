"""Sara gives from card to card: no gateway, no account, no script."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.claims.decisions import accept, refuse
from campaigns.domain.claims.models import ClaimReceipt, TransferClaim
from campaigns.domain.claims.pictures import MOST_BYTES
from campaigns.domain.claims.queries import receipts
from campaigns.domain.claims.receipts import data_of
from campaigns.domain.claims.states import State
from campaigns.domain.ledger.rollup import place
from tests.domain.claims.files import GPS_TAG, photo_with_place, png_that_claims, saved, slip
from tests.giving import live_campaign
from tests.transfers import CARD, SHEBA, credited, receiving, two_people
from tests.web.give.donor import Donor, attempts, gifts

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def campaign(app):
    return live_campaign()


@pytest.fixture
def people(campaign):
    return two_people()


@pytest.fixture
def account(people):
    return receiving(*people)


@pytest.fixture
def sara(app, campaign, account):
    return Donor(app, campaign)


def claim() -> TransferClaim:
    return db.session.scalars(select(TransferClaim).execution_options(populate_existing=True)).one()


def shown() -> list[ClaimReceipt]:
    return receipts(claim())


def tell(sara, path, file=None, **said):
    """Sends the form of the page, with a file if there is one: (bytes, name)."""
    form = {"tracking": "", "last4": "", "day": "", "clock": "", **said}
    if file is not None:
        form["receipt"] = FileStorage(BytesIO(file[0]), file[1])
    return sara.client.post(path, **multipart(form))


def multipart(form):
    boundary, body = encode_multipart(form)
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


class TestChoosing:
    def test_the_way_stands_beside_the_gateway(self, sara):
        page = sara.choose(other="50000", intent="sadaqah").text
        assert "کارت به کارت / واریز به شبا" in page and 'value="zarinpal" checked' in page

    def test_without_an_account_there_is_no_such_way(self, app, campaign):
        page = Donor(app, campaign).choose(other="50000", intent="sadaqah").text
        assert "کارت به کارت" not in page and 'name="gateway"' not in page

    def test_an_account_that_was_switched_off_is_not_offered(self, sara, account):
        form = sara.form(gateway="transfer")
        account.state = "off"
        db.session.commit()
        sara.client.application.extensions["pagecache"].clear()
        assert sara.send(form).status_code in {200, 303}
        assert len(attempts()) == 1 and db.session.scalar(select(TransferClaim)) is None

    def test_a_gift_larger_than_a_gateway_takes_can_be_transferred(self, sara):
        page = sara.choose(other="900000000", intent="sadaqah")
        assert page.status_code == 200
        assert "صفحهٔ بعد می‌گوید به کجا واریز کنید" in page.text


class TestDeclaring:
    def test_she_is_told_where_to_and_how_much_exactly(self, sara):
        path = sara.give(gateway="transfer")
        assert path == f"/transfer/{claim().public_id}" and len(path) > 30
        page = sara.client.get(path)
        asked = claim().expected_rials
        assert 500_010 <= asked <= 509_990 and asked % 10 == 0
        for part in (CARD[:4], CARD[4:8], SHEBA[:4], SHEBA[-2:]):
            assert f"<span>{part}</span>" in page.text
        assert f'<bdi dir="ltr" class="copy">{asked}</bdi>' in page.text
        assert "پنجاه هزار و " in page.text and "سازمان ملی نیکوکاری" in page.text and "مهلت تا" in page.text
        assert page.headers["Cache-Control"] == "private, no-store" and "Set-Cookie" not in page.headers
        assert (len(attempts()), gifts()[0].received_at) == (0, None)

    def test_the_same_form_sent_twice_is_one_gift(self, sara):
        form = sara.form(gateway="transfer")
        assert sara.send(form).headers["Location"] == sara.send(form).headers["Location"]
        assert len(gifts()) == 1 and claim().state == State.AWAITING

    def test_in_english_too(self, sara):
        page = sara.client.get(f"/en{sara.give(gateway='transfer')}").text
        assert "Transfer exactly this amount" in page and "rials" in page

    def test_her_tracking_code_leads_to_it(self, sara):
        path = sara.give(gateway="transfer")
        answer = sara.client.get(f"/r/{gifts()[0].code}")
        assert (answer.status_code, answer.headers["Location"]) == (303, path)

    def test_nobody_finds_it_by_guessing(self, sara):
        sara.give(gateway="transfer")
        for guess in ("1", claim().public_id[:-1], f"{claim().public_id}x"):
            assert sara.client.get(f"/transfer/{guess}").status_code == 404
            assert tell(sara, f"/transfer/{guess}", tracking="12345").status_code == 404

    def test_a_flood_of_declarations_is_slowed_down(self, sara, change_settings):
        change_settings(rate_limits=True)
        answers = [sara.send(sara.form(gateway="transfer")).status_code for _ in range(32)]
        assert answers[0] == 303 and answers[-1] == 429


class TestTelling:
    def test_what_she_says_is_kept(self, sara):
        path = sara.give(gateway="transfer")
        day = tehran_day(now()).isoformat()
        answer = tell(sara, path, tracking="۱۲۳ ۴۵۶-۷۸۹", last4="۱۰۱۰۲۰۲۰۳۰۳۰۴۰۴۰", day=day, clock="۰۰:۰۱")
        assert (answer.status_code, answer.headers["Location"]) == (303, path)
        kept = claim()
        assert (kept.state, kept.tracking, kept.payer_last4) == (State.SUBMITTED, "123456789", "4040")
        assert kept.donor_paid_at is not None and tehran_day(kept.donor_paid_at).isoformat() == day
        page = sara.client.get(path).text
        assert "دنبال واریز شما می‌گردیم" in page and "در انتظار تأیید" in page and "4040" in page
        assert "20303040" not in page

    def test_with_nothing_said_nothing_is_taken(self, sara):
        path = sara.give(gateway="transfer")
        answer = tell(sara, path)
        assert answer.status_code == 422 and 'href="#tracking"' in answer.text
        assert claim().state == State.AWAITING

    def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(self, sara):
        path = sara.give(gateway="transfer")
        later = (tehran_day(now()) + timedelta(days=3)).isoformat()
        answer = tell(sara, path, tracking="12", last4="12ab", day=later, clock="25:99")
        assert answer.status_code == 422
        for field in ("tracking", "last4", "day", "clock"):
            assert f'id="{field}-error"' in answer.text
        assert 'value="12ab"' in answer.text and 'value="25:99"' in answer.text

    def test_who_writes_today_and_no_time_is_believed_also_before_noon(self, sara):
        path = sara.give(gateway="transfer")
        today = tehran_day(now()).isoformat()
        assert tell(sara, path, tracking="1234567", day=today).status_code == 303
        assert claim().donor_paid_at <= now()

    def test_one_tracking_number_is_for_one_gift(self, sara):
        tell(sara, sara.give(gateway="transfer"), tracking="1234567")
        other = sara.give(gateway="transfer")
        answer = tell(sara, other, tracking="123-4567")
        assert answer.status_code == 422 and "برای کمک دیگری" in answer.text

    def test_where_others_were_asked_for_the_same_she_says_more(self, sara):
        path = sara.give(gateway="transfer")
        claim().holds_amount = False
        db.session.commit()
        answer = tell(sara, path, tracking="1234567")
        assert answer.status_code == 422
        assert 'href="#last4"' in answer.text and 'href="#day"' in answer.text
        day = tehran_day(now() - timedelta(days=1)).isoformat()
        assert tell(sara, path, last4="1234", day=day).status_code == 303

    def test_after_the_deadline_she_may_still_say_so(self, sara):
        path = sara.give(gateway="transfer")
        claim().deadline = now() - timedelta(minutes=1)
        db.session.commit()
        assert "مهلت این واریز گذشته است" in sara.client.get(path).text
        assert tell(sara, path, tracking="1234567").status_code == 303
        assert claim().state == State.SUBMITTED

    def test_who_tells_too_often_waits(self, sara, change_settings):
        path = sara.give(gateway="transfer")
        change_settings(rate_limits=True)
        assert [tell(sara, path).status_code for _ in range(31)][-1] == 429


class TestReceipts:
    def test_a_photo_is_kept_without_where_it_was_taken(self, app, sara):
        path = sara.give(gateway="transfer")
        sent = photo_with_place()
        assert b"Camera of Sara" in sent and GPS_TAG
        assert tell(sara, path, (sent, "receipt.jpg")).status_code == 303
        (row,) = shown()
        kept = data_of(row, app.config["SETTINGS"].data_dir)
        assert kept is not None and kept.startswith(b"\xff\xd8") and b"Camera of Sara" not in kept
        assert "رسیدهایی که فرستادید" in sara.client.get(path).text

    def test_no_address_shows_it_to_the_public(self, sara):
        path = sara.give(gateway="transfer")
        tell(sara, path, (saved(slip()), "receipt.jpg"))
        (row,) = shown()
        for guess in (f"/static/receipts/{row.stored}", f"/receipts/{row.stored}", f"{path}/{row.public_id}"):
            assert sara.client.get(guess).status_code == 404
        office = f"/finance/claims/{claim().public_id}/receipts/{row.public_id}"
        assert sara.client.get(office).status_code == 302  # to the sign-in page

    @pytest.mark.parametrize(
        ("file", "name", "words"),
        [
            (SVG, "photo.jpg", "نه عکس است"),
            (b"<html><script>alert(1)</script>", "receipt.pdf", "نه عکس است"),
            (png_that_claims(60_000, 60_000), "photo.png", "زیادی بزرگ است"),
            (saved(slip())[:700], "photo.jpg", "باز نمی‌شود"),
            (bytes(MOST_BYTES + 1), "photo.jpg", "پنج مگابایت"),
        ],
    )
    def test_what_is_no_receipt_is_refused_beside_its_field(self, sara, file, name, words):
        path = sara.give(gateway="transfer")
        answer = tell(sara, path, (file, name), tracking="1234567")
        assert answer.status_code == 422 and words in answer.text and 'href="#receipt"' in answer.text
        assert 'value="1234567"' in answer.text
        assert (claim().state, shown()) == (State.AWAITING, [])

    def test_what_is_far_too_large_is_not_even_read(self, sara):
        path = sara.give(gateway="transfer")
        assert tell(sara, path, (bytes(3 * MOST_BYTES), "photo.jpg")).status_code == 413

    def test_other_forms_still_take_no_files(self, sara):
        form = dict(sara.form(gateway="transfer")) | {
            "receipt": FileStorage(BytesIO(bytes(400_000)), "x.jpg")
        }
        answer = sara.client.post(sara.page, **multipart(form))
        assert answer.status_code == 413


class TestFollowing:
    def test_she_sees_that_a_person_looked_and_that_it_does_not_count_yet(self, sara, people):
        path = sara.give(gateway="transfer")
        tell(sara, path, tracking="1234567")
        accept(claim(), people[0], two_people=False)
        db.session.commit()
        page = sara.client.get(path).text
        assert "رسید شما درست به نظر می‌رسد" in page and "در انتظار تأیید" in page

    def test_she_reads_why_it_was_refused(self, sara, people):
        path = sara.give(gateway="transfer")
        tell(sara, path, tracking="1234567")
        refuse(claim(), people[0], "چنین واریزی <b>نیست</b>")
        db.session.commit()
        page = sara.client.get(path).text
        assert "چنین واریزی &lt;b&gt;نیست" in page and "<form" not in page.partition("<main")[2]
        assert tell(sara, path, tracking="7654321").status_code == 303
        assert claim().tracking == "1234567"

    def test_once_the_money_is_found_she_has_the_ordinary_receipt(self, sara):
        path = sara.give(gateway="transfer")
        tell(sara, path, tracking="1234567")
        credited(claim(), rials=512_340)
        place()
        db.session.commit()
        answer = sara.client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{gifts()[0].code}")
        receipt = sara.client.get(answer.headers["Location"]).text
        assert "سپاس. کمک شما رسید." in receipt and "۵۱۲٬۳۴۰ ریال" in receipt and "1234567" in receipt
        assert re.search(r'href="/ledger/1"', receipt) or "سطر" in receipt

    def test_the_campaign_page_counts_what_was_found_and_nothing_else(self, sara, campaign):
        path = sara.give(gateway="transfer")
        tell(sara, path, tracking="1234567")
        before = sara.client.get(f"/c/{campaign.slug}").text
        assert "نخستین" in before or "۰" in before
        credited(claim(), rials=1_200_000_000)
        place()
        db.session.commit()
        assert "۱۲۰ میلیون" in sara.client.get(f"/c/{campaign.slug}").text
