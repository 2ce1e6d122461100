"""What waits for somebody of finance now: one line for each kind of thing, within reach."""

from datetime import timedelta
from typing import NamedTuple

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from campaigns.base.clock import now
from campaigns.base.digits import grouped
from campaigns.base.jalali import tehran_day
from campaigns.base.money import toman
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.funds.queries import open_spendings
from campaigns.domain.payments.queries import open_items
from campaigns.domain.refunds.queries import refunds
from campaigns.domain.refunds.states import RefundState
from campaigns.domain.settlements.clearing import holdings
from campaigns.domain.settlements.models import State
from campaigns.domain.settlements.queries import settlements
from campaigns.domain.statements.queries import proposed_lines
from campaigns.web.finance.holders import holders
from campaigns.web.finance.reach import reached_accounts, reaches
from campaigns.web.locale import language

MOST = 1_000
"""Who has more to do does not count it."""


class Waiting(NamedTuple):
    """Something to do: where, how it is said, and a word more."""

    address: str
    words: str
    more: str = ""


def todo() -> list[Waiting]:
    """Everything that waits, what is gravest first; empty when nothing does."""
    return [*_items(), *_old(), *_refunds(), *_lines(), *_settlements(), *_spendings()]


def _items() -> list[Waiting]:
    number = sum(map(reaches, open_items()))
    words = ngettext("%(n)s payment does not fit", "%(n)s payments do not fit", number, n=_n(number))
    return [Waiting(url_for("finance.items.show"), words)] if number else []


def _old() -> list[Waiting]:
    """Money a gateway has held for longer than the setting allows."""
    days = current_app.config["SETTINGS"].clearing_days
    before, found = tehran_day(now()) - timedelta(days=days), []
    seen = holders()
    for one in holdings(seen):
        old = sum(day.left for day in one.days if day.day < before)
        if old > 0:
            words = _("%(gateway)s has held money for too long", gateway=seen[one.terminal].name)
            address = url_for("finance.clearing.show", terminal=one.terminal)
            found.append(Waiting(address, words, toman(old, language().code)))
    return found


def _refunds() -> list[Waiting]:
    asked, agreed = (_mine(state) for state in (RefundState.REQUESTED, RefundState.APPROVED))
    found = []
    if asked:
        words = ngettext(
            "%(n)s refund waits for approval", "%(n)s refunds wait for approval", asked, n=_n(asked)
        )
        found.append(Waiting(url_for("finance.refunds.show", state="requested"), words))
    if agreed:
        words = ngettext("%(n)s refund is to be sent", "%(n)s refunds are to be sent", agreed, n=_n(agreed))
        found.append(Waiting(url_for("finance.refunds.show", state="approved"), words))
    return found


def _mine(state: RefundState) -> int:
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    return len(refunds(scope, current_user.id, state.value, limit=MOST))


def _lines() -> list[Waiting]:
    ids = [account.id for account in reached_accounts(Permission.SEE_MONEY)]
    number = len(proposed_lines(ids))
    words = ngettext(
        "%(n)s line of a statement waits for a second person",
        "%(n)s lines of statements wait for a second person",
        number,
        n=_n(number),
    )
    return [Waiting(url_for("finance.statements.show", _anchor="second"), words)] if number else []


def _settlements() -> list[Waiting]:
    number = sum(row.state == State.ENTERED for row in settlements(holders()))
    words = ngettext(
        "%(n)s settlement waits for a second person",
        "%(n)s settlements wait for a second person",
        number,
        n=_n(number),
    )
    return [Waiting(url_for("finance.clearing.index", _anchor="settlements"), words)] if number else []


def _spendings() -> list[Waiting]:
    scope = scope_of(current_user.id, Permission.SEE_MONEY)
    number = len(open_spendings(scope, current_user.id))
    words = ngettext(
        "%(n)s spending waits for a second person or the bank",
        "%(n)s spendings wait for a second person or the bank",
        number,
        n=_n(number),
    )
    return [Waiting(url_for("finance.funds.index"), words)] if number else []


def _n(number: int) -> str:
    return grouped(number, language().code)
