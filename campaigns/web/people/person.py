"""One person: what is known of them, their roles within my reach, what may be changed, what has been."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.domain.accounts.access import Scope, grants_of
from campaigns.domain.accounts.delegation import may_be_corrected, may_be_invited, reaches, reaches_all
from campaigns.domain.accounts.grants import changes_of
from campaigns.domain.accounts.history import account_changes_of
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.queries import names_of
from campaigns.domain.factors.queries import has_any
from campaigns.web.guards import needs
from campaigns.web.people.reach import reach, seen
from campaigns.web.people.words import STATES, Held, Names, state_of

page = Blueprint("person", __name__)
HAPPENED = {
    "create": _l("The account was made"),
    "correct": _l("Name, address or number was corrected"),
    "invite": _l("An invitation was written"),
    "link": _l("A link was made to be handed over"),
    "disable": _l("The account was disabled"),
    "enable": _l("The account was enabled"),
    "app": _l("An app that makes codes was set up"),
    "no_app": _l("The app that makes codes was removed"),
    "passkey": _l("A passkey was added"),
    "no_key": _l("A passkey was removed"),
    "codes": _l("Recovery codes were written"),
    "ask_2": _l("A reset of the second step of signing in was asked for"),
    "reset_2": _l("The second step of signing in was reset"),
}


class Event(NamedTuple):
    """Something that happened; `actor` is empty for an operator at the console."""

    at: datetime
    sentence: str
    actor: str
    held: Held | None = None


@page.get("/<public_id>")
@needs(Permission.MANAGE_PEOPLE)
def show(public_id: str) -> ResponseReturnValue:
    scope = reach()
    user = seen(scope, public_id)
    grants = [grant for grant in grants_of(user.id) if reaches(scope, grant)]
    names = Names(grants)
    is_me = user.id == current_user.id
    is_whole = reaches_all(scope, user)
    return render_template(
        "people/person.html",
        user=user,
        state=STATES[state_of(user)],
        held=[names.held(grant) for grant in grants],
        is_me=is_me,
        has_second=has_any(user.id),
        is_whole=is_whole,
        may_invite=is_whole and not is_me and may_be_invited(user),
        may_correct=is_whole and not is_me and may_be_corrected(user),
        events=sorted(_events(user, scope), key=lambda event: event.at, reverse=True),
    )


def _events(user: User, scope: Scope) -> Iterator[Event]:
    """What happened to the account, and to the roles within the scope."""
    changes = [change for change in changes_of(user) if reaches(scope, change)]
    happened = account_changes_of(user)
    actors = names_of({row.actor_id for row in (*changes, *happened) if row.actor_id is not None})
    names = Names(changes)
    for row in happened:
        yield Event(row.changed_at, str(HAPPENED[row.verb]), actors.get(row.actor_id or 0, ""))
    for change in changes:
        sentence = _("Role given") if change.verb == "grant" else _("Role taken away")
        actor = actors.get(change.actor_id or 0, "")
        yield Event(change.changed_at, sentence, actor, names.held(change))
