"""Which thing of the house stands in an address, where its name alone does not tell."""

from typing import Any

from werkzeug.routing import AnyConverter, Rule

Names = dict[tuple[str, str], str]


def allowed(rule: Rule, name: str, otherwise: str) -> str:
    """Something that may stand there: the first of a few words, where only they may."""
    converter = rule._converters[name]
    return str(min(converter.items)) if isinstance(converter, AnyConverter) else otherwise


def named(house: Any) -> Names:
    """By room, or view, and name of the value in the address."""
    return _of_money(house) | _elsewhere(house) | _of_the_story(house)


def _of_money(house: Any) -> Names:
    return {
        ("give.receipt", "code"): house.gift.code,
        ("finance.claim", "receipt"): house.values["shown"],
        ("give.transfer", "public_id"): house.values["claim"],
        ("finance.claim", "step"): "accept",
        ("finance.accounts", "step"): "off",
        ("give.reminder", "code"): house.gift.code,
        ("supporters.follow", "code"): house.gift.code,
        ("supporters.follow", "token"): house.following[0],
        ("supporters.leave", "token"): house.following[1],
        ("desk.team", "invitation"): house.invitation.public_id,
        ("account.teams", "invitation"): house.invitation.public_id,
        ("account.teams", "step"): "join",
        ("desk.thanks", "gift"): house.gift.public_id,
        ("give.promise", "code"): house.values["promise"],
        ("give.mandate", "token"): house.values["own_mandate"],
        ("give.contract", "token"): house.values["own_mandate"],
        ("finance.mandates", "public_id"): house.values["mandate"],
        ("finance.invariants", "public_id"): house.breach,
        ("finance.papers", "public_id"): house.values["spending"],
        ("finance.papers", "paper"): house.values["spending_paper"],
        ("finance.item", "public_id"): house.item,
        ("finance.item", "step"): "close",
        ("finance.refunds", "attempt"): house.paid,
        ("finance.refund", "public_id"): house.refund,
        ("finance.refund", "step"): "approve",
        ("finance.spending", "public_id"): house.values["spending"],
        ("finance.statement", "public_id"): house.values["statement"],
        ("finance.statementline", "public_id"): house.values["line"],
        ("finance.statementline", "step"): "match",
        ("finance.pools", "public_id"): house.values["pool"],
        ("finance.closings", "public_id"): house.values["pool"],
        ("finance.closings", "step"): "agree",
        ("finance.settlements", "public_id"): house.values["settlement"],
        ("finance.settlements", "step"): "confirm",
        ("finance.reports", "public_id"): house.values["report"],
    }


def _elsewhere(house: Any) -> Names:
    return {
        ("site.provinces", "code"): "IR-08",
        ("audit.timeline", "name"): house.campaign.public_id,
        ("give.mydata", "public_id"): house.values["erasure"],
        ("people.erasures", "public_id"): house.values["erasure"],
        ("site.shortlink", "tag"): "masjed-jame",
        ("site.campaign", "tag"): "masjed-jame",
        ("site.shortlink", "code"): house.campaign.short_code,
        ("site.draft", "token"): house.values["draft_token"],
        ("site.organizations", "slug"): house.values["house"],
        ("embed.places", "key"): house.values["house"],
        ("embed.image.of_many", "key"): house.values["house"],
        ("embed.image.card_of_many", "key"): house.values["house"],
        ("site.widgets", "key"): house.values["house"],
        ("site.sets", "key"): house.campaign.slug,
        ("site.ledgerfiles", "code"): house.gift.code,
        ("people.account", "step"): "disable",
        ("deliveries.kinds", "kind"): "dowry",
        ("deliveries.kinds", "step"): "off",
        ("review.evidence", "public_id"): house.values["delivery"],
        ("problems.case", "code"): house.values["case"],
        ("review.problem", "public_id"): house.values["problem"],
        ("review.problem", "file"): house.values["problem_file"],
        ("goods.box", "code"): house.values["box"],
        ("goods.trace", "code"): house.values["box"],
        ("network.mine", "token"): house.values["own_page"],
        ("network.surge", "slug"): house.values["call"],
        ("coordination.person", "step"): "decide",
        ("coordination.requests", "step"): "join",
        ("coordination.specialities", "step"): "rest",
        ("shifts.roles", "role"): house.shifts["role"],
        ("shifts.find", "code"): house.shifts["shift_code"],
        ("shifts.status", "code"): house.shifts["shift_code"],
        ("shifts.status", "public_id"): house.shifts["signup"],
        ("shifts.vow", "code"): house.shifts["shift_code"],
        ("shifts.certificate", "code"): house.shifts["shift_code"],
        ("shifts.certificate", "thanks"): house.shifts["thanks"],
        ("desk.roles", "role"): house.shifts["role"],
        ("desk.shifts", "role"): house.shifts["role"],
        ("desk.shifts", "shift"): house.shifts["shift"],
        ("desk.roll", "signup"): house.shifts["past_signup"],
        ("desk.proposals", "step"): "take",
        ("desk.roles", "step"): "close",
        ("desk.roll", "shift"): house.shifts["past_shift"],
        **_of_blocks(house),
    }


def _of_the_story(house: Any) -> Names:
    return {
        ("desk.proposals", "public_id"): house.story["clone"],
        ("review.freeze.ask", "public_id"): house.story["frozen"],
        ("review.freeze.thaw", "public_id"): house.story["frozen"],
        ("people.correct", "public_id"): house.story["newcomer"],
        ("account.reset", "secret"): house.story["link_secret"],
    }


def _of_blocks(house: Any) -> Names:
    return {
        ("site.pictures", "key"): house.blocks["picture_key"],
        ("site.pictures", "file"): "480.jpg",
        ("site.pictures", "token"): "spent",
        ("desk.blocks", "block"): house.blocks["gallery"],
        ("desk.blocks", "block_kind"): "story",
        ("desk.blockpictures", "block"): house.blocks["gallery"],
        ("desk.blockpictures", "picture"): house.blocks["picture"],
        ("desk.consent", "picture"): house.blocks["picture"],
        ("review.consent", "picture"): house.blocks["picture"],
        ("desk.blockpapers", "block"): house.blocks["documents"],
        ("desk.blockpapers", "paper"): house.blocks["paper"],
    }
