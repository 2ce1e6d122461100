"""Words for acts and things of the log. A table without a word here is named as it is."""

import json
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import ROLE_LABELS, Role
from campaigns.domain.audit.acting import VISITOR, WORKER
from campaigns.domain.audit.models import AuditEntry
from campaigns.domain.audit.values import MARK
from campaigns.domain.insights.audit_trail import CONSOLE

ACTS = {
    "create": _l("Made"),
    "change": _l("Changed"),
    "remove": _l("Removed"),
    "sign_in": _l("Signed in"),
    "sign_out": _l("Signed out"),
    "sign_in_failed": _l("Tried to sign in and failed"),
    "tries_stopped": _l("Tried too often and was stopped"),
    "reset_asked": _l("Asked for a new password"),
    "reset_done": _l("Chose a new password by letter"),
    "export": _l("Took a file along"),
    "erase": _l("Erased a person's data"),
}
BY = {
    "people": _l("people of the house"),
    WORKER: _l("the worker"),
    CONSOLE: _l("at the console"),
    VISITOR: _l("somebody not signed in"),
}
KINDS = {
    "campaign": _l("Campaign"),
    "campaign_text": _l("Words of a campaign"),
    "campaign_edit": _l("Edit of a campaign"),
    "campaign_move": _l("Step of a campaign"),
    "campaign_update": _l("News of a campaign"),
    "campaign_version": _l("Version of a part of a campaign"),
    "campaign_blocks": _l("Blocks of a campaign"),
    "campaign_freeze": _l("Frozen giving"),
    "picture_consent": _l("Consent of somebody seen in a picture"),
    "picture_withdrawal": _l("Withdrawn consent"),
    "campaign_province": _l("Province of a campaign"),
    "frame_site": _l("Site that may show frames"),
    "unit_cost": _l("Cost of a unit"),
    "need_line": _l("Need"),
    "need_edit": _l("Edit of needs"),
    "final_report": _l("Final report"),
    "decision": _l("Decision of a moderator"),
    "user": _l("Account"),
    "role_grant": _l("Role"),
    "grant_change": _l("Record of a role"),
    "account_change": _l("Record of an account"),
    "organization": _l("Organization"),
    "contribution": _l("Gift"),
    "payment_attempt": _l("Payment"),
    "review_item": _l("Payment that does not fit"),
    "review_step": _l("Step on a payment that does not fit"),
    "refund": _l("Refund"),
    "refund_step": _l("Step of a refund"),
    "spending": _l("Spending"),
    "spending_paper": _l("Paper of a spending"),
    "match_pool": _l("Matching pool"),
    "pool_closing": _l("Closing of a pool"),
    "settlement": _l("Settlement"),
    "bank_account": _l("Bank account"),
    "breach": _l("Something about the money that does not add up"),
    "gateway_account": _l("Terminal"),
    "gateway_report": _l("Report of a gateway"),
    "statement_import": _l("Bank statement"),
    "statement_step": _l("Step on a line of a statement"),
    "transfer_claim": _l("Gift by transfer"),
    "claim_step": _l("Step of a gift by transfer"),
    "gift_batch": _l("Batch of gifts"),
    "office": _l("Office"),
    "office_clerk": _l("Clerk of an office"),
    "office_sheet": _l("Day sheet of an office"),
    "cash_deposit": _l("Cash for the bank"),
    "receipt": _l("Receipt of an office"),
    "warehouse": _l("Warehouse"),
    "intake": _l("Goods taken in"),
    "goods_box": _l("Box of goods"),
    "goods_pledge": _l("Promise of goods"),
    "delivery": _l("Delivery"),
    "memorandum": _l("Memorandum"),
    "partner_profile": _l("Partner's profile"),
    "volunteer": _l("Volunteer"),
    "verification": _l("Verification of a volunteer"),
    "volunteer_role": _l("Task for volunteers"),
    "volunteer_shift": _l("Shift"),
    "shift_signup": _l("Place on a shift"),
    "surge": _l("Call in a crisis"),
    "export": _l("File taken along"),
    "erasure_request": _l("Request to erase data"),
}


class Value(NamedTuple):
    """One column before and after; a private one shows only its fingerprint."""

    name: str
    before: str
    after: str
    private: bool


class Line(NamedTuple):
    """One act in words."""

    entry: AuditEntry
    who: str
    roles: str
    act: str
    what: str
    values: list[Value]
    linked: bool  # whether its thing has a timeline to go to


def line(entry: AuditEntry, people: dict[int, User]) -> Line:
    user = people.get(entry.actor_id or 0)
    return Line(
        entry,
        user.name if user else str(BY.get(entry.role, BY[CONSOLE])),
        ", ".join(str(ROLE_LABELS[Role(role)]) for role in entry.role.split() if role in set(Role)),
        str(ACTS.get(entry.act, entry.act)),
        str(KINDS.get(entry.what, entry.what)),
        values_of(entry),
        entry.object_kind in KINDS,
    )


def values_of(entry: AuditEntry) -> list[Value]:
    before: dict[str, Any] = json.loads(entry.before or "{}")
    after: dict[str, Any] = json.loads(entry.after or "{}")
    return [
        _value(name, before.get(name), after.get(name)) for name in sorted({*before, *after} - {"public_id"})
    ]


def _value(name: str, before: Any, after: Any) -> Value:
    private = any(str(value).startswith(MARK) for value in (before, after))
    return Value(name, _said(before), _said(after), private)


def _said(value: Any) -> str:
    if value is None or value == "":
        return ""
    return str(value).removeprefix(MARK)[:200] if isinstance(value, str) else json.dumps(value)
