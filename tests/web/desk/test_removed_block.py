"""Mina writes a block that Nima removes meanwhile: she sees it, and nothing she typed is lost."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.block_store import blocks_of
from campaigns.domain.campaigns.parts import Part, write
from tests.blocks import PDF, one_of_each, photo
from tests.cast import mina, person
from tests.web.desk.test_blocks import address, upload
from tests.web.officehands import Hands, filled
from tests.worlds import ready_draft

TYPED = "هر صندوق را استاد نجار می‌سازد."


@pytest.fixture
def pair(app):
    campaign = ready_draft(mina())
    made = one_of_each(campaign, campaign.author, app.config["SETTINGS"].data_dir)
    write(campaign, Part.BLOCKS, {"blocks": made.blocks})
    nima = person("Nima", Role.ORGANIZER, campaign_id=campaign.id)
    db.session.commit()
    return campaign, made, Hands(app, campaign.author), Hands(app, nima)


def remove(hands, campaign, block):
    path = address(campaign, f"/{block}/remove")
    assert hands.post(path, filled(hands.get(path))).status_code == 303


def test_the_conflict_shows_what_was_typed_and_puts_it_back_as_a_new_block(pair):
    campaign, _made, desk, other = pair
    path = address(campaign, "/story001")
    typed = filled(desk.get(path), text_fa=TYPED)
    remove(other, campaign, "story001")
    met = desk.post(path, typed)
    assert met.status_code == 409 and TYPED in met.text and "Nima" in met.text
    assert all(block["id"] != "story001" for block in blocks_of(campaign.id)), "nothing was written"
    back = desk.post(path, filled(met, again="new"))
    assert back.status_code == 303
    block = blocks_of(campaign.id)[-1]
    assert (block["kind"], block["text"]["fa"], block["heading"]["fa"]) == ("story", TYPED, "کارگاه")
    assert block["id"] != "story001"


def test_what_was_said_of_a_picture_comes_back_with_its_block_and_the_other_pictures(pair):
    campaign, made, desk, other = pair
    path = address(campaign, f"/gallery1/pictures/{made.picture.public_id}")
    typed = filled(desk.get(path), caption_fa="اجاق‌های تازه")
    remove(other, campaign, "gallery1")
    met = desk.post(path, typed)
    assert met.status_code == 409 and "اجاق‌های تازه" in met.text and "Nima" in met.text
    assert desk.post(path, filled(met, again="new")).status_code == 303
    [item] = blocks_of(campaign.id)[-1]["pictures"]
    assert item["picture"] == made.picture.public_id and item["caption"]["fa"] == "اجاق‌های تازه"


def test_a_file_for_a_block_that_was_removed_leads_back_to_the_blocks(pair):
    campaign, _made, desk, other = pair
    for block, rest, data in (("gallery1", "pictures", photo()), ("papers01", "documents", PDF)):
        remove(other, campaign, block)
        answer = upload(desk, address(campaign, f"/{block}/{rest}"), data, title_fa="مجوز")
        assert "در این میان" in desk.after(answer)


def test_a_block_nobody_ever_wrote_is_still_nowhere(pair):
    campaign, _made, desk, _other = pair
    for rest in ("/nothing1", "/nothing1/pictures/nothing"):
        assert desk.post(address(campaign, rest), {"csrf_token": desk.token}).status_code == 404
