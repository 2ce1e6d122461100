"""Terminals as somebody of finance may see them: whose they are, where their money is handled, what they are called."""

from dataclasses import dataclass

from flask import abort
from flask_login import current_user
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.access import COUNTRY, Where, may
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.payments.terminals import GatewayAccount
from campaigns.domain.settlements.clearing import terminals
from campaigns.web.finance.clearing_words import terminal_name


@dataclass(frozen=True)
class Holder:
    """One terminal the book knows. Where it belongs to no organization, its money is the whole country's."""

    terminal: str
    organization: Organization | None

    @property
    def name(self) -> str:
        return terminal_name(self.terminal, self.organization)

    @property
    def place(self) -> Where:
        province = self.organization.province_code if self.organization else None
        return Where(province_codes=frozenset({province})) if province else COUNTRY


def holders(permission: Permission = Permission.SEE_MONEY) -> dict[str, Holder]:
    """By terminal, those whose money this person may see, or handle."""
    found = _all()
    return {name: one for name, one in found.items() if may(current_user.id, permission, one.place)}


def must_reach(terminal: str, permission: Permission = Permission.SEE_MONEY) -> Holder:
    """404 for a terminal that the book does not know or this person may not see."""
    found = holders(permission).get(terminal)
    return found if found is not None else abort(404)


def _all() -> dict[str, Holder]:
    names = terminals()
    ids = {int(name.partition(":")[2]) for name in names if name.partition(":")[2].isdigit()}
    rows = db.session.scalars(select(GatewayAccount).where(GatewayAccount.id.in_(ids)))
    owners = {str(row.id): row.organization for row in rows}
    return {name: Holder(name, owners.get(name.partition(":")[2])) for name in names}
