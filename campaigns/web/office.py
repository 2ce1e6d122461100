"""The navigation of signed-in pages: the rooms somebody may enter, then their own account."""

from flask import current_app, g, url_for
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.domain.accounts.access import held
from campaigns.domain.accounts.access import may as reaches
from campaigns.domain.accounts.permissions import Permission


def office_links() -> list[tuple[str, str]]:
    """Pairs of address and words; empty for somebody who is not signed in."""
    if not current_user.is_authenticated:
        return []
    may = _held()
    rooms = (
        (Permission.SEE_GIFTS, "desk.home.show", _("My desk")),
        (Permission.TAKE_GIFTS, "counter.home.show", _("Counter")),
        (Permission.KEEP_GOODS, "goods.home.show", _("Warehouses")),
        (Permission.COORDINATE, "coordination.home.show", _("Volunteers")),
        (Permission.RECORD_DELIVERIES, "deliveries.home.show", _("Deliveries")),
        (Permission.MODERATE, "review.queue.show", _("Review queue")),
        (Permission.SEE_MONEY, "finance.home.show", _("Finance")),
        (Permission.MANAGE_PARTNERS, "partners.home.show", _("Partners")),
        (Permission.MANAGE_PEOPLE, "people.home.show", _("People")),
    )
    open_rooms = [
        (url_for(endpoint), words)
        for permission, endpoint, words in rooms
        if permission in may and endpoint in current_app.view_functions
    ]
    if Permission.MODERATE not in may and reaches(current_user.id, Permission.SEE_LOG):
        open_rooms.append((url_for("review.log.show"), _("Log of decisions")))  # others find it in the queue
    if Permission.MANAGE_PEOPLE not in may and Permission.SEE_AUDIT in may:
        open_rooms.append((url_for("audit.home.show"), _("Audit log")))  # others find it beside the people
    return [*open_rooms, (url_for("account.me.show"), _("My account"))]


def sees_audit() -> bool:
    """Whether links to the audit log lead anywhere for this person."""
    return current_user.is_authenticated and Permission.SEE_AUDIT in _held()


def _held() -> frozenset[Permission]:
    """What this person may do somewhere, asked once a request."""
    if "held" not in g:
        g.held = held(current_user.id)
    return g.held
