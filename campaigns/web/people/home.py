"""The people one sees, newest first, found by name, e-mail or mobile."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaigns.base.text import clean
from campaigns.domain.accounts import directory
from campaigns.domain.accounts.delegation import reaches
from campaigns.domain.accounts.permissions import Permission
from campaigns.web.guards import needs
from campaigns.web.people.reach import reach
from campaigns.web.people.words import STATES, Names, state_of

page = Blueprint("home", __name__)
LONGEST_QUERY = 80
LAST_PAGE = 9999


@page.get("/")
@needs(Permission.MANAGE_PEOPLE)
def show() -> ResponseReturnValue:
    """A page past the end is 404."""
    scope = reach()
    words = clean(request.args.get("q", "")[:LONGEST_QUERY])
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= LAST_PAGE:
        abort(404)
    people, total = directory.find(scope, words, number)
    if number > 1 and not people:
        abort(404)
    grants = directory.grants_of_each([user.id for user in people])
    names = Names(grant for held in grants.values() for grant in held)
    return render_template(
        "people/home.html",
        people=[
            (user, state_of(user), [names.held(grant) for grant in grants[user.id] if reaches(scope, grant)])
            for user in people
        ],
        states=STATES,
        total=total,
        words=words,
        sees_erasures=scope.everywhere,
        page_number=number,
        pages=-(-total // directory.PAGE),
    )
