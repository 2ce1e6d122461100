"""What may be done, by whom: one enum of permissions with a sentence each, one enum of roles, one table."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Permission(StrEnum):
    EDIT_CAMPAIGN = "edit_campaign"
    SEE_GIFTS = "see_gifts"
    POST_UPDATE = "post_update"
    STEER_CAMPAIGN = "steer_campaign"
    MODERATE = "moderate"
    SEE_MONEY = "see_money"
    HANDLE_MONEY = "handle_money"
    SEE_LOG = "see_log"
    SEE_AUDIT = "see_audit"
    MANAGE_PEOPLE = "manage_people"
    TAKE_GIFTS = "take_gifts"
    KEEP_GOODS = "keep_goods"
    COORDINATE = "coordinate"
    KEEP_ROLLS = "keep_rolls"
    KEEP_SPECIALITIES = "keep_specialities"
    RECORD_DELIVERIES = "record_deliveries"
    MANAGE_PARTNERS = "manage_partners"


class Role(StrEnum):
    ORGANIZER = "organizer"
    PROVINCE_DESK = "province_desk"
    MODERATOR = "moderator"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMIN = "admin"
    CLERK = "clerk"
    COORDINATOR = "coordinator"
    VIEWER = "viewer"


SENTENCES = {
    Permission.EDIT_CAMPAIGN: _l("Write and change campaigns, and send them for review"),
    Permission.SEE_GIFTS: _l("See the gifts of a campaign and export them"),
    Permission.POST_UPDATE: _l("Write news for supporters"),
    Permission.STEER_CAMPAIGN: _l("Pause, resume, end and cancel campaigns"),
    Permission.MODERATE: _l("See the review queue and decide on what waits there"),
    Permission.SEE_MONEY: _l("See payments, their states and the working accounts of the ledger"),
    Permission.HANDLE_MONEY: _l(
        "Settle payments that do not fit, propose spendings and approve those of others"
    ),
    Permission.SEE_LOG: _l("Read the logs of decisions and moves with the names of who made them"),
    Permission.SEE_AUDIT: _l("Read the audit log: who did what, when, to what, before and after"),
    Permission.MANAGE_PEOPLE: _l("Create accounts and grant roles"),
    Permission.TAKE_GIFTS: _l("Take gifts in cash and by card reader at the offices one is given to"),
    Permission.KEEP_GOODS: _l("Take in goods, look after the stock of warehouses and pack and send boxes"),
    Permission.COORDINATE: _l("See volunteers with their numbers, verify them, match them and call for more"),
    Permission.KEEP_ROLLS: _l("See who has a place on a shift, and write down who came"),
    Permission.KEEP_SPECIALITIES: _l("Keep the specialities that volunteers choose from"),
    Permission.RECORD_DELIVERIES: _l("Record what reached people, and agree to what somebody else recorded"),
    Permission.MANAGE_PARTNERS: _l(
        "Write of partner organizations and memoranda with them, and end memoranda"
    ),
}
"""What each permission allows, as the account page says it."""

ROLE_LABELS = {
    Role.ORGANIZER: _l("Organizer"),
    Role.PROVINCE_DESK: _l("Province desk"),
    Role.MODERATOR: _l("Moderator"),
    Role.FINANCE: _l("Finance"),
    Role.AUDITOR: _l("Auditor (reads only)"),
    Role.ADMIN: _l("Administrator"),
    Role.CLERK: _l("Clerk of an office"),
    Role.COORDINATOR: _l("Coordinator of volunteers"),
    Role.VIEWER: _l("Viewer (sees gifts, changes nothing)"),
}

P = Permission
WHO_MAY: dict[Role, frozenset[Permission]] = {
    Role.ORGANIZER: frozenset({P.EDIT_CAMPAIGN, P.SEE_GIFTS, P.POST_UPDATE, P.KEEP_ROLLS}),
    Role.PROVINCE_DESK: frozenset(
        {
            *(P.EDIT_CAMPAIGN, P.SEE_GIFTS, P.POST_UPDATE, P.STEER_CAMPAIGN),
            *(P.KEEP_GOODS, P.RECORD_DELIVERIES, P.MANAGE_PARTNERS, P.KEEP_ROLLS),
        }
    ),
    Role.MODERATOR: frozenset({P.MODERATE, P.STEER_CAMPAIGN, P.SEE_LOG}),
    Role.FINANCE: frozenset({P.SEE_GIFTS, P.SEE_MONEY, P.HANDLE_MONEY}),
    Role.AUDITOR: frozenset({P.SEE_GIFTS, P.SEE_MONEY, P.SEE_LOG, P.SEE_AUDIT}),
    Role.ADMIN: frozenset(P),
    Role.CLERK: frozenset({P.TAKE_GIFTS, P.KEEP_GOODS, P.RECORD_DELIVERIES}),
    Role.COORDINATOR: frozenset({P.COORDINATE, P.KEEP_ROLLS}),
    Role.VIEWER: frozenset({P.SEE_GIFTS}),
}

READING = frozenset({P.SEE_GIFTS, P.SEE_MONEY, P.SEE_LOG, P.SEE_AUDIT})
"""Permissions that change nothing."""

READS_ONLY = frozenset({Role.AUDITOR})
"""Roles that may hold no permission outside `READING`."""
