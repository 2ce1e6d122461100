"""The pages of finance, in the order of its first page: endpoint, words, one sentence, who may enter."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from campaigns.domain.accounts.permissions import Permission


class Room(NamedTuple):
    endpoint: str
    label: Any
    sentence: Any
    permission: Permission = Permission.SEE_MONEY
    whole_country: bool = False  # who holds the permission in a province only stays outside


ROOMS = (
    Room(
        "finance.items.show",
        _l("Payments that do not fit"),
        _l("Money that no campaign may have yet, and payments a person must look at"),
    ),
    Room(
        "finance.claims.show",
        _l("Transfers without a gateway"),
        _l(
            "Gifts from card to card or to a Sheba: receipts to look at, and what waits for the bank's statement"
        ),
    ),
    Room(
        "finance.statements.show",
        _l("Statements of the bank"),
        _l("Files of the bank, their lines, and the declared gifts they are"),
    ),
    Room(
        "finance.refunds.show",
        _l("Refunds"),
        _l("Money on its way back to donors: asked for, approved, sent, arrived"),
    ),
    Room(
        "finance.days.show",
        _l("Each day's money"),
        _l("By the way it came and by what became of it, as a chart and in numbers"),
    ),
    Room(
        "finance.clearing.index",
        _l("What gateways hold for us"),
        _l("How much since when, what they have paid to our bank, and what does not fit"),
    ),
    Room(
        "finance.reports.index",
        _l("Reports of gateways"),
        _l("What gateways say about each day, laid beside our payments and the book"),
    ),
    Room(
        "finance.funds.index",
        _l("Spending"),
        _l("What each campaign holds under each intent, and what is spent of it by two people"),
    ),
    Room(
        "finance.pools.index",
        _l("Sponsors who double gifts"),
        _l("Pools of sponsors, how much of each is left, and new ones"),
    ),
    Room(
        "finance.offices.index",
        _l("Offices"),
        _l("Sheets of days and cash for the bank that wait for a second person; people and card readers"),
    ),
    Room(
        "finance.batches.index",
        _l("Batches of USSD and SMS"),
        _l("What operators say was given by telephone, entered by one person and booked by another"),
    ),
    Room(
        "finance.mandates.index",
        _l("Monthly gifts"),
        _l("Contracts of direct debit: which are active, what was taken, what could not be"),
    ),
    Room(
        "finance.invariants.show",
        _l("Does everything add up?"),
        _l("What must always be true of the money, and what was found broken"),
        whole_country=True,
    ),
    Room(
        "finance.gateways.show",
        _l("Gateways"),
        _l("Which gateways are offered, which are not for now, and why"),
    ),
    Room(
        "finance.terminals.show",
        _l("Terminals of organizations"),
        _l("Through whose terminal gifts are paid, and a trial without money"),
        Permission.HANDLE_MONEY,
    ),
    Room(
        "finance.accounts.show",
        _l("Accounts for transfers"),
        _l("Cards and Shebas that donors may transfer to, each switched on by a second person"),
    ),
    Room(
        "finance.exports.show",
        _l("Files"),
        _l("Gifts, entries of the book, refunds, settlements and review items to take along"),
    ),
)
