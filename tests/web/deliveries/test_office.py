"""Zahra records what reached Bam, Hamed agrees, Reza looks; everybody counts it and nobody can be recognised."""

from io import BytesIO

import pytest

from campaigns.base.codes import spoken
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.deliveries.models import Delivery, GrantKind
from campaigns.domain.deliveries.queries import by_public_id
from campaigns.domain.deliveries.states import State
from campaigns.domain.goods import boxes
from tests.cast import person
from tests.domain.deliveries.house import Kerman
from tests.domain.goods.store import a_box, a_store, came
from tests.photos import photo
from tests.promises import need
from tests.web.officehands import Hands


@pytest.fixture
def kerman(app):
    return Kerman()


@pytest.fixture
def zahra(app, kerman):
    return Hands(app, kerman.zahra)


def new(kerman):
    return f"/en/deliveries/c/{kerman.campaign.public_id}/new"


def typed(kerman, **changes):
    usual = {
        "kind": "dowry",
        "quantity": "۶",
        "county": str(kerman.bam.id),
        "day": "1405/09/02",
        "evidence": (BytesIO(photo()), "IMG_1.jpg"),
        "is_faceless": "y",
        "has_consent": "y",
    }
    return usual | changes


def the_one():
    return db.session.query(Delivery).one()


class TestRecording:
    def test_what_is_typed_waits_for_a_second_person(self, kerman, zahra):
        page = zahra.after(zahra.fill(new(kerman), **typed(kerman)))
        assert "waits for a second person" in page and "somebody else decides" in page
        assert (the_one().quantity, the_one().state) == (6, State.RECORDED)

    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(self, kerman, zahra):
        answer = zahra.fill(new(kerman), **typed(kerman, note="09123456789", quantity="7"))
        assert answer.status_code == 422
        assert "national code or account of a person" in answer.text and 'value="7"' in answer.text
        assert db.session.query(Delivery).count() == 0

    def test_a_paper_is_not_taken(self, kerman, zahra):
        paper = (BytesIO(b"%PDF-1.7 names"), "list.pdf")
        answer = zahra.fill(new(kerman), **typed(kerman, evidence=paper))
        assert answer.status_code == 422 and "Papers are photographed" in answer.text

    def test_money_is_tied_to_a_spending_with_room(self, kerman, zahra):
        kerman.given(10_000_000)
        spending = kerman.spent(9_000_000)
        more = {"spending": spending.public_id, "rials": "1,000,000"}
        answer = zahra.fill(new(kerman), **typed(kerman, **more))
        assert answer.status_code == 422 and "Of this spending only" in answer.text
        zahra.after(zahra.fill(new(kerman), **typed(kerman, **more | {"rials": "900,000"})))
        assert the_one().rials == 9_000_000


class TestDeciding:
    def test_a_second_person_agrees_and_the_moderator_shows_it(self, app, kerman, zahra):
        made = kerman.recorded(quantity=6)
        hamed, reza = Hands(app, kerman.hamed), Hands(app, kerman.reza)
        page = f"/en/deliveries/{made.public_id}"
        assert "You have seen the papers" in hamed.seen(
            page
        ) and "You have seen the papers" not in zahra.seen(page)
        hamed.after(hamed.post(f"{page}/agree", {"csrf_token": hamed.token}))
        item = f"/en/mod/delivery/{made.public_id}"
        assert "can a reader tell who was helped" in reza.seen(item)
        assert reza.get(f"{item}/evidence").mimetype == "image/jpeg"
        public = app.test_client()
        picture = f"/c/{kerman.campaign.slug}/deliveries/{made.public_id}.jpg"
        assert public.get(picture).status_code == 404
        assert reza.fill(item, verdict="approve").status_code == 303
        assert public.get(picture).mimetype == "image/jpeg"
        page = public.get(f"/en/c/{kerman.campaign.slug}/report").text
        assert "6 × Dowry" in page and "Bam" in page
        assert "What was delivered" in public.get("/en/about/decisions").text

    def test_who_recorded_it_cannot_agree(self, kerman, zahra):
        made = kerman.recorded()
        answer = zahra.post(f"/en/deliveries/{made.public_id}/agree", {"csrf_token": zahra.token})
        assert answer.status_code == 422 and by_public_id(made.public_id).state == State.RECORDED

    def test_a_refusal_says_why(self, app, kerman):
        made, hamed = kerman.recorded(), Hands(app, kerman.hamed)
        page = f"/en/deliveries/{made.public_id}"
        path = f"{page}/refuse"
        assert hamed.fill(page, to=path, reason="").status_code == 422
        assert "counted twice" in hamed.after(hamed.fill(page, to=path, reason="counted twice"))

    def test_a_mistake_is_mended_by_a_new_record(self, app, kerman, zahra):
        made = kerman.shown(quantity=6)
        page = f"/en/deliveries/{made.public_id}/correct"
        zahra.after(zahra.fill(page, quantity="8", correction="Two more were counted"))
        assert db.session.query(Delivery).filter_by(corrects_id=made.id).one().quantity == 8
        assert by_public_id(made.public_id).quantity == 6


class TestReach:
    @pytest.mark.parametrize("province", ["IR-21", "IR-06"])
    def test_an_office_of_another_province_finds_nothing(self, app, kerman, province):
        made = kerman.shown()
        hands = Hands(app, person("Sima", Role.PROVINCE_DESK, province_code=province))
        for path in (
            new(kerman),
            f"/en/deliveries/{made.public_id}",
            f"/en/deliveries/{made.public_id}/evidence",
        ):
            assert hands.get(path).status_code == 404
        assert "Bam" not in hands.seen("/en/deliveries/") and "بم" not in hands.seen(
            "/en/deliveries/deliveries.csv"
        )

    @pytest.mark.parametrize("role", [Role.ORGANIZER, Role.MODERATOR, Role.FINANCE, Role.AUDITOR])
    def test_who_records_nothing_has_no_such_room(self, app, kerman, role):
        assert Hands(app, person("Sima", role)).get("/en/deliveries/").status_code == 404

    def test_the_list_of_kinds_is_for_the_whole_country(self, app, kerman, zahra):
        assert zahra.get("/en/deliveries/kinds").status_code == 404
        desk = Hands(app, person("Sima", Role.PROVINCE_DESK))
        desk.after(desk.fill("/en/deliveries/kinds", code="bicycle", name_fa="دوچرخه", name_en="Bicycle"))
        assert db.session.get(GrantKind, "bicycle") is not None
        answer = desk.fill("/en/deliveries/kinds", code="Two words", name_fa="دوچرخه", name_en="Bicycle")
        assert answer.status_code == 422

    def test_no_cell_of_the_file_is_a_formula(self, app, kerman, zahra):
        kerman.recorded(note="=HYPERLINK(1)")
        assert '"\'=HYPERLINK(1)"' in zahra.get("/en/deliveries/deliveries.csv").text


class TestWhatGoodsItWas:
    @pytest.fixture
    def store(self, kerman):
        return a_store()._replace(county=kerman.bam)

    @pytest.fixture
    def line(self, kerman):
        return need(kerman.campaign)

    @pytest.fixture
    def box(self, store, line):
        row, box = came(store, 6, need=line).stock, a_box(store)
        boxes.pack(box, row, 6, store.zahra)
        boxes.send(box, store.zahra)
        boxes.delivered(box, store.hamed)
        db.session.commit()
        return box

    def test_a_need_and_a_box_are_named_and_stand_in_the_list(self, kerman, zahra, line, box):
        said = typed(kerman, need=line.public_id, box=box.code)
        page = zahra.after(zahra.fill(new(kerman), **said))
        assert "Blanket" in page and spoken(box.code) in page
        assert (the_one().need, the_one().box) == (line, box)
        shown = zahra.seen("/en/deliveries/")
        assert "Blanket" in shown and spoken(box.code) in shown
        assert box.code in zahra.get("/en/deliveries/deliveries.csv").text

    def test_they_may_be_left_out(self, kerman, zahra, line, box):
        zahra.after(zahra.fill(new(kerman), **typed(kerman)))
        assert (the_one().need, the_one().box) == (None, None)

    def test_a_box_that_went_elsewhere_is_refused(self, kerman, zahra, line, box):
        answer = zahra.fill(new(kerman), **typed(kerman, county=str(kerman.baft.id), box=box.code))
        assert answer.status_code == 422 and "arrived in this county" in answer.text
        assert db.session.query(Delivery).count() == 0

    def test_a_box_without_this_need_is_refused(self, kerman, zahra, box):
        other = need(kerman.campaign, item_en="Tent")
        answer = zahra.fill(new(kerman), **typed(kerman, need=other.public_id, box=box.code))
        assert answer.status_code == 422 and db.session.query(Delivery).count() == 0

    def test_a_box_on_its_way_is_not_offered(self, kerman, zahra, store, line, box):
        row, later = came(store, 6, need=line).stock, a_box(store)
        boxes.pack(later, row, 6, store.zahra)
        boxes.send(later, store.zahra)
        db.session.commit()
        page = zahra.seen(new(kerman))
        assert spoken(box.code) in page and spoken(later.code) not in page
