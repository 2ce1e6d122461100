"""Mina adds blocks after the story, orders them with buttons, shows pictures of people who agreed; no script."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.actions import edits_of
from campaigns.domain.campaigns.block_kinds import PLACED, BlockKind
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.pictures.models import Picture, PictureConsent
from tests.blocks import PDF, one_of_each, photo
from tests.cast import mina, parisa, person, reza
from tests.domain.claims.files import png_that_claims
from tests.web.officehands import Hands, filled
from tests.worlds import change, live_campaign, ready_draft, sent_campaign


@pytest.fixture
def desk(app):
    return Hands(app, mina())


def address(campaign: Campaign, rest: str = "") -> str:
    return f"/desk/c/{campaign.public_id}/blocks{rest}"


def kinds(campaign: Campaign) -> list[str]:
    return [block["kind"] for block in blocks_of(campaign.id)]


def add(desk: Hands, campaign: Campaign, kind: str, **values: object):
    return desk.fill(address(campaign, f"/new/{kind}"), **values)


def named(campaign: Campaign, kind: str) -> str:
    return next(block["id"] for block in blocks_of(campaign.id) if block["kind"] == kind)


def upload(desk: Hands, path: str, data: bytes, name: str = "IMG_2041.jpg", **values: str):
    file = FileStorage(BytesIO(data), filename=name)
    return desk.post(path, {"csrf_token": desk.token, "file": file, **values})


def gallery(desk: Hands, campaign: Campaign) -> str:
    """The address of a gallery without pictures."""
    assert add(desk, campaign, "gallery", heading_fa="از نزدیک").status_code == 303
    return address(campaign, f"/{named(campaign, 'gallery')}")


def sent_picture(desk: Hands, campaign: Campaign) -> str:
    """The address where a picture that was just sent is described."""
    answer = upload(desk, gallery(desk, campaign) + "/pictures", photo())
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


SHOWN = {"decided": "words", "alt_fa": "ده اجاق در انبار", "seen": "nobody"}
AGREED = {"given_by": "استاد نجار", "how": "written", "given_on": "۱۴۰۵/۰۷/۰۹", "allows": "campaign"}


def test_mina_adds_a_block_of_every_kind_and_orders_them_with_buttons(desk):
    campaign = ready_draft(desk.user)
    told = {
        "story": {"text_fa": "هر صندوق همین‌جا ساخته می‌شود."},
        "quote": {"words_fa": "خانه‌مان گرم شد."},
        "video": {"title_fa": "یک روز در کارگاه", "url": "https://video.example/1"},
    }
    for kind in BlockKind:
        assert add(desk, campaign, kind, **told.get(kind, {})).status_code == 303, kind
    assert kinds(campaign) == [*BlockKind]
    quote = address(campaign, f"/{named(campaign, 'quote')}/move")
    assert desk.post(quote, {"csrf_token": desk.token, "way": "up"}).status_code == 303
    assert kinds(campaign)[:2] == ["quote", "story"]
    page = desk.seen(address(campaign))
    assert "خانه‌مان گرم شد." in page
    assert "/blocks/new/story" in page and not [kind for kind in PLACED if f"/blocks/new/{kind}" in page]


def test_a_block_is_removed_after_one_question(desk):
    campaign = ready_draft(desk.user)
    add(desk, campaign, "quote", words_fa="خانه‌مان گرم شد.")
    where = address(campaign, f"/{named(campaign, 'quote')}/remove")
    assert "خانه‌مان گرم شد." in desk.seen(where) and kinds(campaign) == ["quote"]
    assert desk.fill(where).status_code == 303 and kinds(campaign) == []
    assert desk.post(where, {"csrf_token": desk.token}).status_code == 303


WRONG = [
    ("story", {"text_fa": "", "heading_fa": "کارگاه"}, "text_fa"),
    ("quote", {"words_fa": "زنگ بزنید ۰۹۱۲۳۴۵۶۷۸۹"}, "words_fa"),
    ("quote", {"words_fa": "گرم شد", "role_fa": "مادر یک عروس"}, "how"),
    ("quote", {"words_fa": "گرم شد", "role_fa": "مادر", "how": "written"}, "agreed_on"),
    ("quote", {"words_fa": "گرم شد", "how": "written", "agreed_on": "۱۴۹۰/۰۱/۰۱"}, "agreed_on"),
    ("video", {"title_fa": "فیلم", "url": "javascript:alert(1)"}, "url"),
    ("video", {"title_fa": "فیلم", "url": "https://video@evil.example/1"}, "url"),
]


@pytest.mark.parametrize(("kind", "values", "field"), WRONG)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(desk, kind, values, field):
    campaign = ready_draft(desk.user)
    answer = add(desk, campaign, kind, **values)
    assert answer.status_code == 422 and kinds(campaign) == []
    assert f'id="{field}-error"' in answer.text and f'href="#{field}"' in answer.text
    for typed in values.values():
        assert typed in answer.text


def test_two_people_at_one_block_do_not_overwrite_each_other(app, desk):
    campaign = ready_draft(desk.user)
    add(desk, campaign, "quote", words_fa="یکم")
    where = address(campaign, f"/{named(campaign, 'quote')}")
    early = desk.get(where)
    desk.fill(where, words_fa="دوم")
    late = desk.post(where, filled(early, words_fa="سوم"))
    assert late.status_code == 409 and "دوم" in late.text and "سوم" in late.text
    assert blocks_of(campaign.id)[0]["words"]["fa"] == "دوم"
    assert desk.post(where, filled(late)).status_code == 303
    db.session.expire_all()
    assert blocks_of(campaign.id)[0]["words"]["fa"] == "سوم"


def test_a_picture_is_in_the_block_once_it_is_said_what_it_shows(desk):
    campaign = ready_draft(desk.user)
    where = sent_picture(desk, campaign)
    assert blocks_of(campaign.id)[0]["pictures"] == [] and "IMG_2041" not in desk.seen(where)
    answer = desk.fill(where, alt_fa="ده اجاق")
    assert (
        answer.status_code == 422 and 'id="decided-error"' in answer.text and 'id="seen-error"' in answer.text
    )
    assert desk.fill(where, **SHOWN).status_code == 303
    db.session.expire_all()
    (item,) = blocks_of(campaign.id)[0]["pictures"]
    assert item["alt"]["fa"] == SHOWN["alt_fa"] and item["consent"] is None
    assert desk.fill(where, decided="decoration", alt_fa="").status_code == 303


def test_who_can_be_recognized_is_shown_only_with_consent(desk):
    campaign = ready_draft(desk.user)
    where = sent_picture(desk, campaign)
    answer = desk.fill(where, **SHOWN | {"seen": "adults"})
    assert answer.status_code == 422
    for field in ("given_by", "how", "given_on", "allows"):
        assert f'id="{field}-error"' in answer.text
    assert desk.fill(where, **SHOWN | {"seen": "adults"} | AGREED).status_code == 303
    row = db.session.scalars(select(PictureConsent)).one()
    assert (row.given_by, row.how, row.noted_by_id) == ("استاد نجار", "written", desk.user.id)
    assert blocks_of(campaign.id)[0]["pictures"][0]["consent"] == row.public_id
    assert "استاد نجار" not in str(blocks_of(campaign.id))


def test_a_child_is_never_shown_with_its_place(desk):
    campaign = ready_draft(desk.user)
    where = sent_picture(desk, campaign)
    child = SHOWN | AGREED | {"seen": "children", "apart": "y"}
    answer = desk.fill(where, **child | {"caption_fa": "دختری در کرمان"})
    assert answer.status_code == 422 and 'id="caption_fa-error"' in answer.text
    assert 'id="apart-error"' in desk.fill(where, **child | {"apart": []}).text
    assert desk.fill(where, **child).status_code == 303


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PDF, "JPEG"),
        (photo()[:2000], "باز نمی‌شود"),
        (png_that_claims(30_000, 30_000), "بزرگ"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(desk, data, said):
    campaign = ready_draft(desk.user)
    answer = upload(desk, gallery(desk, campaign) + "/pictures", data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text and said in answer.text
    assert not db.session.scalars(select(Picture)).all()


def test_a_document_is_kept_with_its_title(desk):
    campaign = ready_draft(desk.user)
    add(desk, campaign, "documents")
    where = address(campaign, f"/{named(campaign, 'documents')}/documents")
    assert 'id="file-error"' in upload(desk, where, photo(), title_fa="مجوز").text
    assert upload(desk, where, PDF, "scan of Ali.pdf", title_fa="مجوز").status_code == 303
    page = desk.seen(where.removesuffix("/documents"))
    assert "مجوز" in page and "scan of Ali" not in page


def test_changes_of_a_live_page_wait_and_a_campaign_under_review_stays_as_it_is(desk):
    live = live_campaign(desk.user, reza(), parisa())
    assert add(desk, live, "quote", words_fa="گرم شد").status_code == 303
    (edit,) = edits_of(live, Part.BLOCKS, states=("waiting",))
    assert blocks_of(live.id) == [] and "گرم شد" in desk.seen(address(live))
    name = edit.data["blocks"][0]["id"]
    assert desk.fill(address(live, f"/{name}"), words_fa="گرم‌تر شد").status_code == 303
    assert [row.data["blocks"][0]["words"]["fa"] for row in edits_of(live, states=("waiting",))] == [
        "گرم‌تر شد"
    ]
    sent = sent_campaign(desk.user, "wheelchairs")
    assert add(desk, sent, "quote", words_fa="گرم شد").status_code == 409 and blocks_of(sent.id) == []


def test_another_organizer_reaches_neither_block_nor_picture(app, desk):
    campaign = ready_draft(desk.user)
    made = one_of_each(campaign, desk.user, app.config["SETTINGS"].data_dir)
    change(campaign, Part.BLOCKS, desk.user, blocks=made.blocks)
    stranger = Hands(app, person("Behrouz", Role.ORGANIZER))
    own = ready_draft(stranger.user, "books")
    for path in (address(campaign), address(campaign, "/gallery1"), address(campaign, "/gallery1/remove")):
        assert stranger.get(path).status_code == 404
    add(stranger, own, "gallery")
    foreign = f"{address(own, '/' + named(own, 'gallery'))}/pictures/{made.picture.public_id}"
    assert stranger.get(foreign).status_code == 404
