"""What may be done, by whom: one enum of permissions, one enum of roles, one table."""

from enum import StrEnum


class Permission(StrEnum):
    """Each value is a sentence: «may …»."""

    EDIT_CAMPAIGN = "write and change campaigns, and send them for review"
    SEE_GIFTS = "see the gifts of a campaign and export them"
    POST_UPDATE = "write updates for supporters"
    STEER_CAMPAIGN = "pause, resume, end and cancel campaigns"
    MODERATE = "see the review queue and decide on what waits there"
    SEE_MONEY = "see payments, their states and the ledger's working accounts"
    HANDLE_MONEY = "look into payments that do not fit and settle them"
    SEE_LOG = "read the logs of decisions and moves with their actors"
    MANAGE_PEOPLE = "create accounts and grant roles"


class Role(StrEnum):
    ORGANIZER = "organizer"
    PROVINCE_DESK = "province_desk"
    MODERATOR = "moderator"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMIN = "admin"


P = Permission
WHO_MAY: dict[Role, frozenset[Permission]] = {
    Role.ORGANIZER: frozenset({P.EDIT_CAMPAIGN, P.SEE_GIFTS, P.POST_UPDATE}),
    Role.PROVINCE_DESK: frozenset({P.EDIT_CAMPAIGN, P.SEE_GIFTS, P.POST_UPDATE, P.STEER_CAMPAIGN}),
    Role.MODERATOR: frozenset({P.MODERATE, P.STEER_CAMPAIGN, P.SEE_LOG}),
    Role.FINANCE: frozenset({P.SEE_GIFTS, P.SEE_MONEY, P.HANDLE_MONEY}),
    Role.AUDITOR: frozenset({P.SEE_GIFTS, P.SEE_MONEY, P.SEE_LOG}),
    Role.ADMIN: frozenset(P),
}
READS_ONLY = frozenset({Role.AUDITOR})
