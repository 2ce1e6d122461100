"""Every form a signed-in person can send carries a token of their session; without it nothing happens."""

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import AccountChange, Grant, ResetLink, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.block_models import CampaignBlocks
from campaigns.domain.campaigns.history import CampaignEdit, CampaignMove, CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.moderation.models import Decision
from campaigns.domain.payments.health import GatewayHealth
from campaigns.domain.payments.terminals import GatewayAccount
from campaigns.web.guards import Access, policy_of
from tests.cast import leila, mina, parisa, person, reza
from tests.house.addresses import allowed
from tests.house.walk import step_of
from tests.web.officehands import Hands
from tests.worlds import change, live_campaign, ready_draft, sent_campaign

WATCHED = (
    Campaign,
    CampaignBlocks,
    CampaignEdit,
    CampaignMove,
    CampaignUpdate,
    Decision,
    Grant,
    GatewayAccount,
    GatewayHealth,
    AccountChange,
    ResetLink,
    User,
)
FORM = {
    "title": "x", "organization": "1", "verdict": "approve", "reason": "numbers", "note": "x", "name": "x",
    "language": "fa", "body": "x", "item": "", "old": "x", "new": "x",
    "email": "x@example.org", "role": "auditor", "place": "country",
}  # fmt: skip


@pytest.fixture
def world(app):
    """Something of every kind, and Leila, who may do everything."""
    user = mina()
    live = live_campaign(user, reza(), parisa())
    change(live, Part.STORY, user, story={"fa": "سی زوج", "en": ""})
    ready_draft(user, "draft-one")
    sent_campaign(person("Sara", Role.ORGANIZER), "sent-one")
    return Hands(app, leila())


def signed_in_posts(app) -> list[Rule]:
    """Every address that takes a POST from somebody signed in."""
    inside = {Access.SIGNED_IN, Access.PERMISSION}
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and (policy := policy_of(rule.endpoint)) and policy.access in inside
    ]


def test_there_are_such_forms(app):
    ends = {rule.endpoint for rule in signed_in_posts(app)}
    assert {"desk.home.create", "desk.editor.save", "review.item.decision", "review.bulk.approve"} <= ends
    assert {"people.invite.create", "people.roles.take", "people.account.switch"} <= ends


def test_without_a_token_nothing_happens(app, world):
    before = counted()
    for rule in signed_in_posts(app):
        for values in arguments(rule):
            path = app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")
            answer = world.post(path, FORM)
            assert answer.status_code in {400, 404, 422}, (path, answer.status_code)
            assert counted() == before, path


def arguments(rule: Rule) -> list[dict[str, str]]:
    """What may stand in the address, for every thing there is."""
    if not rule.arguments:
        return [{}]
    things = [("campaign", row.public_id) for row in db.session.scalars(select(Campaign))]
    things += [("edit", row.public_id) for row in db.session.scalars(select(CampaignEdit))]
    if rule.endpoint.startswith("people."):
        things = [("", public_id) for public_id in db.session.scalars(select(User.public_id))]
    decisions = db.session.scalars(select(Decision.public_id)).all()
    made = {"part": "look", "step": "pause", "decision_id": decisions[-1]}
    made |= {"role": "moderator", "place": "country", "owner": "house", "gateway": "zarinpal"}
    made |= {"step": "disable" if rule.endpoint.startswith("people.") else step_of(rule, "pause")}
    others = {name: allowed(rule, name, "1") for name in rule.arguments}
    return [
        {
            name: value
            for name, value in {**others, **made, "kind": kind, "public_id": key, "attempt": key}.items()
            if name in rule.arguments
        }
        for kind, key in things
    ]


def counted() -> list[object]:
    """How many rows there are, and every campaign's state."""
    rows = [db.session.scalar(select(func.count()).select_from(table)) for table in WATCHED]
    states = db.session.execute(select(Campaign.id, Campaign.state, Campaign.theme).order_by(Campaign.id))
    return [*rows, [tuple(row) for row in states]]
