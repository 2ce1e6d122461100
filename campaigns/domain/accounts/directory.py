"""Finding people among those one may see."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager

from campaigns.base.extensions import db
from campaigns.base.search import doc_key, fold, query_terms
from campaigns.domain.accounts.access import Scope, Where, covers
from campaigns.domain.accounts.models import Grant, GrantChange, User
from campaigns.domain.accounts.permissions import WHO_MAY, Permission, Role

PAGE = 30


def search_key(name: str, email: str | None, mobile: str | None) -> str:
    """What a person is found by: folded name and address, the number in the ways people write it."""
    number = (mobile or "").removeprefix("+98")
    numbers = [f"0{number}", f"0098{number}"] if number else []
    return " ".join([doc_key(name), fold(email or ""), *numbers]).strip()


def find(scope: Scope, words: str = "", page: int = 1) -> tuple[Sequence[User], int]:
    """One page of the people one sees, newest first, and how many there are in all."""
    conditions = [visible(scope)]
    for forms in query_terms(words):
        numbers = [form.replace(" ", "") for form in forms if form.replace(" ", "").isdigit()]
        fits = (User.search_key.contains(form, autoescape=True) for form in (*forms, *numbers))
        conditions.append(or_(*fits))
    total = db.session.scalar(select(func.count(User.id)).where(*conditions)) or 0
    query = select(User).where(*conditions).order_by(User.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return db.session.scalars(query).all(), total


def one(scope: Scope, public_id: str) -> User | None:
    """This person, if one sees them."""
    return db.session.scalar(select(User).where(User.public_id == public_id, visible(scope)))


def visible(scope: Scope) -> ColumnElement[bool]:
    """Who has a role within the scope; and who has none anywhere any more but once had one there.

    So nobody is lost by a role taken away by mistake, and nobody who now works elsewhere is seen.
    """
    if scope.everywhere:
        return true()
    here = exists().where(Grant.user_id == User.id, _within(Grant, scope))
    anywhere = exists().where(Grant.user_id == User.id)
    once_here = exists().where(GrantChange.user_id == User.id, _within(GrantChange, scope))
    return or_(here, and_(~anywhere, once_here))


def who_may(permission: Permission, where: Where) -> Sequence[User]:
    """Everybody with an account who holds this permission at this place, oldest first."""
    roles = [role.value for role in Role if permission in WHO_MAY[role]]
    query = select(Grant).join(User, User.id == Grant.user_id).options(contains_eager(Grant.user))
    grants = db.session.scalars(query.where(Grant.role.in_(roles), User.is_enabled))
    found = {grant.user_id: grant.user for grant in grants if covers(grant, permission, where)}
    return [found[key] for key in sorted(found)]


def grants_of_each(user_ids: Collection[int]) -> dict[int, list[Grant]]:
    """The grants of these people, in the order they were given."""
    found: dict[int, list[Grant]] = {user_id: [] for user_id in user_ids}
    for grant in db.session.scalars(select(Grant).where(Grant.user_id.in_(user_ids)).order_by(Grant.id)):
        found[grant.user_id].append(grant)
    return found


def _within(table: type[Grant] | type[GrantChange], scope: Scope) -> ColumnElement[bool]:
    return or_(table.province_code.in_(scope.province_codes), table.campaign_id.in_(scope.campaign_ids))
