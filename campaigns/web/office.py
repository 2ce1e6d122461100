"""The navigation of signed-in pages: the rooms somebody may enter, then their own account."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.domain.accounts.access import held
from campaigns.domain.accounts.access import may as reaches
from campaigns.domain.accounts.permissions import Permission


def office_links() -> list[tuple[str, str]]:
    """Pairs of address and words; empty for somebody who is not signed in."""
    if not current_user.is_authenticated:
        return []
    may = held(current_user.id)
    rooms = (
        (Permission.SEE_GIFTS, "desk.home.show", _("My desk")),
        (Permission.TAKE_GIFTS, "counter.home.show", _("Counter")),
        (Permission.COORDINATE, "coordination.home.show", _("Volunteers")),
        (Permission.MODERATE, "review.queue.show", _("Review queue")),
        (Permission.SEE_MONEY, "finance.home.show", _("Finance")),
        (Permission.MANAGE_PEOPLE, "people.home.show", _("People")),
    )
    open_rooms = [
        (url_for(endpoint), words)
        for permission, endpoint, words in rooms
        if permission in may and endpoint in current_app.view_functions
    ]
    if Permission.MODERATE not in may and reaches(current_user.id, Permission.SEE_LOG):
        open_rooms.append((url_for("review.log.show"), _("Log of decisions")))  # others find it in the queue
    return [*open_rooms, (url_for("account.me.show"), _("My account"))]
