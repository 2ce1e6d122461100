"""Nothing an organizer, a supporter or a moderator typed is public before a moderator has agreed."""

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part, write
from campaigns.domain.campaigns.states import Move
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.web.guards import policy_of
from tests.cast import mina, parisa, reza
from tests.house.addresses import allowed
from tests.worlds import change, full_parts, gift, live_campaign, ready_draft

CANARY = "قناری"
LATIN = "canary"


def sung(part: Part, slug: str) -> Data:
    """A part with the canary in every text of it."""
    if part is Part.BLOCKS:
        song = {"fa": CANARY, "en": LATIN}
        return {"blocks": [{"id": "quote001", "kind": "quote", "words": song, "role": song, "consent": None}]}
    return _sung(full_parts(slug)[part])


def _sung(value):
    if isinstance(value, dict):
        kept = {
            "slug",
            "topic",
            "starts_on",
            "ends_on",
            "goal_policy",
            "theme",
            "motif",
            "accent",
            "provinces",
            "intents",
        }
        return {name: inner if name in kept else _sung(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_sung(inner) for inner in value]
    return f"{value} {CANARY} {LATIN}" if isinstance(value, str) else value


def public_pages(app) -> list[str]:
    """Every page that needs no account, for every campaign there is, in both languages."""
    pages = []
    for rule in app.url_map.iter_rules():
        policy = policy_of(rule.endpoint)
        if policy is None or not policy.sessionless or "GET" not in (rule.methods or ()):
            continue
        for values in arguments(rule):
            pages.append(app.url_map.bind("localhost").build(rule.endpoint, values, method="GET"))
    return pages + ["/en" + page for page in pages]


def arguments(rule: Rule) -> list[dict[str, str]]:
    if not rule.arguments:
        return [{}]
    found = []
    for campaign in db.session.scalars(select(Campaign)):
        known = {"slug": campaign.slug, "code": campaign.short_code, "province": "IR-08"}
        known |= {"public_id": campaign.public_id, "gateway": "zarinpal", "seq": "1"}
        found.append({name: known.get(name) or allowed(rule, name, "x") for name in rule.arguments})
    return found


def heard(app, client) -> list[str]:
    """The public pages in which the canary sings."""
    return [path for path in public_pages(app) if sings(client.get(path).get_data())]


def sings(body: bytes) -> bool:
    return CANARY.encode() in body or LATIN.encode() in body


@pytest.fixture
def moderators(app):
    return reza(), parisa()


@pytest.mark.parametrize("fate", ["draft", "sent", "returned", "rejected", "half approved"])
def test_a_campaign_nobody_agreed_to_is_nowhere(app, client, moderators, fate):
    author = mina()
    live_campaign(author, *moderators, slug="open-one")
    campaign = ready_draft(author, "quiet-one")
    for part in Part:
        write(campaign, part, sung(part, "quiet-one"))
    if fate != "draft":
        actions.move(campaign, Move.SUBMIT, author)
    verdicts = {"returned": Verdict.RETURN, "rejected": Verdict.REJECT}
    if fate in verdicts:
        decide(
            find("campaign", campaign.public_id), moderators[0], verdicts[fate], Reason.NUMBERS, f"{CANARY}؟"
        )
    db.session.commit()
    assert heard(app, client) == []


def test_changes_news_and_messages_nobody_agreed_to_are_nowhere(app, client, moderators):
    author = mina()
    campaign = live_campaign(author, *moderators)
    for part in (Part.BASICS, Part.GOAL, Part.STORY, Part.FAQ, Part.BLOCKS):
        change(campaign, part, author, **sung(part, campaign.slug))
    db.session.add(
        CampaignUpdate(campaign=campaign, author_id=author.id, title=CANARY, body=CANARY, language="fa")
    )
    gift(campaign, message=CANARY, donor_name=f"سارا {CANARY}", dedication=CANARY, hide_name=True)
    assert heard(app, client) == []


def test_the_canary_is_heard_once_moderators_have_agreed(app, client, moderators):
    """So that the silence above means something."""
    author = mina()
    campaign = ready_draft(author)
    for part in Part:
        write(campaign, part, sung(part, campaign.slug))
    actions.move(campaign, Move.SUBMIT, author)
    for moderator in moderators:
        decide(find("campaign", campaign.public_id), moderator, Verdict.APPROVE)
    db.session.commit()
    places = heard(app, client)
    for page in ("/", "/campaigns", "/c/dowry-kerman", "/en/c/dowry-kerman", "/e/dowry-kerman/call"):
        assert page in places
