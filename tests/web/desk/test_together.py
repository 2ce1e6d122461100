"""Mina and Neda write on the same page of one campaign: neither overwrites the other, and nothing typed is lost."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.version_models import CampaignVersion
from tests.cast import mina, parisa, person, reza
from tests.support.crowds import at_once
from tests.web.officehands import Hands, filled
from tests.worlds import live_campaign, ready_draft


@pytest.fixture
def two(app):
    """Mina, whose campaign it is, and Neda, who organizes too, with the campaign."""
    author = mina()
    campaign = ready_draft(author)
    neda = person("Neda", Role.ORGANIZER, campaign_id=campaign.id)
    return Hands(app, author), Hands(app, neda), campaign


def at(campaign, page):
    return f"/en/desk/c/{campaign.public_id}/{page}"


def stands(campaign, part):
    db.session.rollback()
    return read(db.session.get_one(Campaign, campaign.id), part)


def kept(campaign):
    db.session.rollback()
    query = select(CampaignVersion).where(CampaignVersion.campaign_id == campaign.id)
    return list(db.session.scalars(query.order_by(CampaignVersion.id)))


def meanwhile(two, mina_story, neda_story):
    """Both open the story; Mina saves hers, then Neda sends hers."""
    first, second, campaign = two
    opened = second.get(at(campaign, "story"))
    assert first.fill(at(campaign, "story"), story_fa=mina_story).status_code == 303
    return second.post(at(campaign, "story"), filled(opened, story_fa=neda_story))


def test_who_saves_second_sees_both_and_overwrites_nobody(two):
    campaign = two[2]
    answer = meanwhile(two, "سی زوج در بم چشم‌به‌راه‌اند.", "شصت زوج در بم چشم‌به‌راه‌اند.")
    assert answer.status_code == 409
    assert "Saved by Mina" in answer.text and 'href="#clash"' in answer.text
    assert '<del><span class="vh">removed: </span>سی</del>' in answer.text
    assert '<ins><span class="vh">added: </span>شصت</ins>' in answer.text
    assert "شصت زوج در بم" in filled(answer)["story_fa"]  # her own words are in the form
    assert stands(campaign, Part.STORY)["story"]["fa"] == "سی زوج در بم چشم‌به‌راه‌اند."


def test_having_looked_she_saves_and_both_versions_stay(two):
    _first, second, campaign = two
    answer = meanwhile(two, "سی زوج.", "شصت زوج.")
    assert second.post(at(campaign, "story"), filled(answer, story_fa="نود زوج.")).status_code == 303
    assert stands(campaign, Part.STORY)["story"]["fa"] == "نود زوج."
    assert [row.data["story"]["fa"] for row in kept(campaign)][1:] == ["سی زوج.", "نود زوج."]


def test_she_may_take_theirs_and_her_words_stay_in_the_history(two):
    _first, second, campaign = two
    answer = meanwhile(two, "سی زوج.", "شصت زوج.")
    page = second.after(second.post(at(campaign, "story"), filled(answer, take="*")))
    assert "سی زوج." in page and stands(campaign, Part.STORY)["story"]["fa"] == "سی زوج."
    aside = kept(campaign)[-1]
    assert aside.aside and aside.data["story"]["fa"] == "شصت زوج."
    assert "put aside" in second.seen(at(campaign, "history"))


def test_what_she_left_alone_is_theirs_and_one_field_is_taken_at_a_time(two):
    first, second, campaign = two
    opened = second.get(at(campaign, "basics"))
    first.fill(at(campaign, "basics"), title_fa="جهیزیه در بم", lead_fa="برای سی زوج.")
    answer = second.post(at(campaign, "basics"), filled(opened, lead_fa="برای شصت زوج.", title_en="Bam"))
    assert answer.status_code == 409
    form = filled(answer)
    assert form["title_fa"] == "جهیزیه در بم"  # Mina's: Neda wrote nothing there
    assert (form["lead_fa"], form["title_en"]) == ("برای شصت زوج.", "Bam")
    answer = second.post(at(campaign, "basics"), filled(answer, take="lead.fa"))
    assert filled(answer)["lead_fa"] == "برای سی زوج." and filled(answer)["title_en"] == "Bam"
    assert stands(campaign, Part.BASICS)["title"]["en"] != "Bam"
    assert second.post(at(campaign, "basics"), filled(answer)).status_code == 303
    assert stands(campaign, Part.BASICS)["title"] == {"fa": "جهیزیه در بم", "en": "Bam"}


def test_the_same_words_twice_are_no_quarrel(two):
    assert meanwhile(two, "سی زوج.", "سی زوج.").status_code == 303


def test_a_form_that_does_not_say_what_it_began_with_overwrites_nothing(two):
    first, _second, campaign = two
    form = {"csrf_token": first.token, "story_fa": "سی زوج.", "story_en": ""}
    assert first.post(at(campaign, "story"), form).status_code == 409


def test_a_change_that_waits_is_not_overwritten_either(app):
    author = mina()
    campaign = live_campaign(author, reza(), parisa())
    two = Hands(app, author), Hands(app, person("Neda", Role.ORGANIZER, campaign_id=campaign.id)), campaign
    answer = meanwhile(two, "سی زوج.", "شصت زوج.")
    assert answer.status_code == 409 and "Saved by Mina" in answer.text
    assert [edit.state for edit in db.session.scalars(select(CampaignEdit))] == ["waiting"]
    two[1].after(two[1].post(at(campaign, "story"), filled(answer)))
    edits = db.session.scalars(select(CampaignEdit).order_by(CampaignEdit.id))
    assert [(edit.state, edit.data["story"]["fa"]) for edit in edits] == [
        ("replaced", "سی زوج."),
        ("waiting", "شصت زوج."),
    ]


def test_of_six_who_save_at_the_same_moment_one_is_first_and_five_are_asked(app, two):
    first, _second, campaign = two
    opened = first.get(at(campaign, "story"))
    people = [Hands(app, person(f"Friend{n}", Role.ORGANIZER, campaign_id=campaign.id)) for n in range(6)]
    forms = [filled(opened, story_fa=f"داستان {n}", csrf_token=one.token) for n, one in enumerate(people)]
    path = at(campaign, "story")
    answers = at_once(app, 6, lambda n: people[n].post(path, forms[n]))
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 5
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 303)
    assert stands(campaign, Part.STORY)["story"]["fa"] == f"داستان {winner}"
    for n, answer in enumerate(answers):
        assert n == winner or filled(answer)["story_fa"] == f"داستان {n}"
    assert len(kept(campaign)) == 2  # how it began, and the one that was saved
