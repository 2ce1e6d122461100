"""Zahra at her counter: a gift with the keyboard alone, its receipt, a mistake; nobody else sees her office."""

import re

import pytest
from sqlalchemy import func, select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.counter.models import Receipt
from tests.cast import person
from tests.domain.counter.desk import READER, YAZD, an_office, placed, taken
from tests.web.officehands import Hands


@pytest.fixture
def hamed(app, people):
    return Hands(app, people.hamed)


def at(people) -> str:
    return f"/en/counter/{people.office.public_id}"


def receipts() -> list[Receipt]:
    return list(db.session.scalars(select(Receipt).order_by(Receipt.id)))


class TestAGift:
    def test_an_amount_and_enter_are_enough(self, client, zahra, people, campaign):
        page = zahra.after(zahra.fill(at(people), rials="۵۰٬۰۰۰"))
        (receipt,) = receipts()
        assert receipt.rials == 500_000 and receipt.contribution.campaign_id == campaign.id
        assert receipt.named in page and "50,000 toman" in page
        paper = page.split('class="onpaper"')[1].split("</article>")[0]
        assert receipt.contribution.code[:4] in paper and f"/r/{receipt.contribution.code}" in paper
        placed()
        public = client.get(f"/en/r/{receipt.contribution.code}").text
        assert "Thank you. Your gift has arrived." in public and receipt.named in public
        assert "In cash" in public and "Kerman office" in public

    def test_the_cursor_stands_in_the_amount_and_no_script_is_needed(self, zahra, people):
        page = zahra.seen(at(people))
        assert re.search(r'<input type="text" id="rials"[^>]* autofocus', page)
        assert "<script" not in page
        assert zahra.get(at(people).replace("/en", "")).status_code == 200

    def test_by_card_with_everything(self, zahra, people):
        more = {
            "way": READER,
            "trace": "۰۰۱۲۳۴",
            "card_last4": "4321",
            "payer": "سارا",
            "mobile": "0912 111 2233",
        }
        page = zahra.after(zahra.fill(at(people), rials="75 هزار", intent="nazr", shows_name="y", **more))
        (receipt,) = receipts()
        assert (receipt.trace, receipt.card_last4, receipt.payer) == ("001234", "4321", "سارا")
        gift = receipt.contribution
        assert (gift.intent, gift.mobile, gift.donor_name) == ("nazr", "+989121112233", "سارا")
        assert "By card" in page and "سارا" in page

    def test_the_form_sent_twice_takes_one_gift(self, zahra, people):
        page = zahra.get(at(people))
        key = re.search(r'name="key"[^>]*value="([^"]+)"', page.text)
        assert key is not None
        form = {
            "csrf_token": zahra.token,
            "key": key[1],
            "rials": "50000",
            "intent": "sadaqah",
            "way": "cash",
        }
        form["campaign"] = "dowry-kerman"
        first, second = (zahra.post(at(people), form) for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert "no second gift was taken" in zahra.seen(second.headers["Location"])
        assert len(receipts()) == 1

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"rials": ""}, "rials", "above zero"),
            ({"rials": "0"}, "rials", "above zero"),
            ({"rials": "50.5"}, "rials", "whole tomans"),
            ({"campaign": "nowhere"}, "campaign", "Not a valid choice"),
            ({"intent": "zakat"}, "intent", "takes only"),
            ({"way": READER}, "trace", "Write the trace number"),
            ({"way": READER, "trace": "12a"}, "trace", "Write the trace number"),
            ({"way": READER, "trace": "12", "card_last4": "12"}, "card_last4", "four digits"),
            ({"mobile": "12"}, "mobile", "begins with 09"),
        ],
    )
    def test_what_does_not_fit_is_said_beside_the_field(self, zahra, people, changes, field, words):
        answer = zahra.fill(at(people), **{"rials": "50000", "payer": "سارا"} | changes)
        assert answer.status_code == 422
        assert words in answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
        assert "سارا" in answer.text
        assert db.session.scalar(select(func.count(Contribution.id))) == 0

    def test_a_slip_of_the_reader_is_taken_once(self, zahra, people):
        more = {"rials": "50000", "way": READER, "trace": "77"}
        zahra.after(zahra.fill(at(people), **more))
        answer = zahra.fill(at(people), **more)
        assert answer.status_code == 422 and "has this trace number already" in answer.text
        assert len(receipts()) == 1


class TestAMistake:
    def test_another_clerk_voids_it_and_the_donor_sees_that(self, client, zahra, hamed, people, campaign):
        receipt = taken(people, campaign, 900_000)
        address = f"{at(people)}/receipts/{receipt.public_id}"
        assert "another person makes it void" in zahra.seen(address)
        own = {"csrf_token": zahra.token, "reason": "sum", "note": ""}
        answer = zahra.post(f"{address}/void", own)
        assert answer.status_code == 422 and "another person does it" in answer.text
        assert hamed.fill(address, to=f"{address}/void", reason="").status_code == 422
        page = hamed.after(hamed.fill(address, to=f"{address}/void", reason="sum", note="نود هزار بود"))
        assert "This receipt is void." in page and "VOID" in page
        placed()
        public = client.get(f"/en/r/{receipt.contribution.code}").text
        assert "This receipt is void" in public and "نود هزار" not in public
        corrections = client.get("/en/corrections").text
        assert "The amount was typed wrongly" in corrections

    def test_finance_voids_it_where_one_clerk_is_alone(self, app, people, campaign):
        receipt = taken(people, campaign, 900_000)
        farid = Hands(app, people.farid)
        office = f"/en/finance/offices/{people.office.public_id}"
        assert receipt.named in farid.seen(office)
        address = f"{office}/receipts/{receipt.public_id}"
        page = farid.after(farid.fill(address, to=f"{address}/void", reason="twice"))
        assert "This receipt is void." in page
        auditor = Hands(app, person("Babak", Role.AUDITOR))
        assert "Make it void" not in auditor.seen(address)
        yazd = Hands(app, person("Shadi", Role.FINANCE, province_code=YAZD))
        assert yazd.get(address).status_code == 404
        assert yazd.post(f"{address}/void", {"csrf_token": yazd.token}).status_code == 404

    def test_the_open_book_says_how_it_came(self, client, people, campaign):
        taken(people, campaign)
        taken(people, campaign, reader=READER, trace="1")
        placed()
        book = client.get("/en/ledger").text
        assert "Gift in cash" in book and "Gift by card reader" in book
        assert "asset:cash:KRM1" in client.get("/en/ledger/entries/1").text.replace("&#34;", '"')


class TestWhoSeesIt:
    def test_an_office_of_others_does_not_exist(self, app, people, campaign):
        receipt = taken(people, campaign)
        other = an_office("YZD1", YAZD)
        strangers = [
            other.zahra,
            person("Babak", Role.CLERK, province_code="IR-08"),
            person("Sima", Role.FINANCE),
            person("Omid", Role.ORGANIZER),
        ]
        for user in strangers:
            hands = Hands(app, user)
            for path in ("", "/day", f"/receipts/{receipt.public_id}"):
                assert hands.get(at(people) + path).status_code == 404, (user.name, path)
            sent = hands.post(at(people), {"csrf_token": hands.token, "rials": "50000"})
            assert sent.status_code == 404
        mine = Hands(app, other.zahra)
        assert mine.get(f"{at(other)}/receipts/{receipt.public_id}").status_code == 404
        assert "Kerman" in mine.seen("/en/counter/") or "YZD1" in mine.seen("/en/counter/")
        assert "KRM1" not in mine.seen("/en/counter/")

    def test_who_is_taken_away_is_out_at_once(self, app, zahra, people):
        farid = Hands(app, people.farid)
        office = f"/en/finance/offices/{people.office.public_id}"
        farid.after(farid.fill(office, to=f"{office}/clerks/{people.zahra.id}/take"))
        assert zahra.get(at(people)).status_code == 404
