"""Words about statements of the bank: columns, outcomes, rules, signs, and why something was not done."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.digits import grouped
from campaigns.base.money import toman
from campaigns.domain.statements.columns import Column
from campaigns.domain.statements.files import LARGEST_BYTES
from campaigns.domain.statements.lines import Problem
from campaigns.domain.statements.outcomes import WRONG_LABELS, ImportState, Outcome, What
from campaigns.domain.statements.queries import Sign
from campaigns.domain.statements.table import MOST_ROWS
from campaigns.web.locale import language

COLUMN_LABELS = {
    Column.NONE: _l("Not needed"),
    Column.DATE: _l("Day, with or without the time"),
    Column.TIME: _l("Time of day"),
    Column.CREDIT: _l("Amount that came in"),
    Column.DEBIT: _l("Amount that went out"),
    Column.AMOUNT: _l("Amount, in or out"),
    Column.DIRECTION: _l("In or out, in words"),
    Column.BALANCE: _l("Balance after it"),
    Column.DOCUMENT: _l("Number of the document"),
    Column.TRACKING: _l("Tracking number"),
    Column.CARD: _l("Card of the payer"),
    Column.DESCRIPTION: _l("Description"),
}
UNIT_LABELS = {"rial": _l("Rials"), "toman": _l("Tomans")}
STATE_LABELS = {
    ImportState.DRAFT: _l("Not imported yet"),
    ImportState.IMPORTED: _l("Imported"),
    ImportState.DISCARDED: _l("Discarded"),
    ImportState.TAKEN_BACK: _l("Taken back"),
}
OUTCOME_LABELS = {
    Outcome.UNCHECKED: _l("Not looked at yet"),
    Outcome.VALID: _l("A gift"),
    Outcome.NOMATCH: _l("No gift found"),
    Outcome.AMBIGUOUS: _l("Several gifts fit"),
    Outcome.DUPLICATE: _l("Told of before"),
    Outcome.ERROR: _l("Could not be credited"),
    Outcome.OTHER: _l("No gift"),
    Outcome.OUTGOING: _l("Money that left"),
    Outcome.TAKEN_BACK: _l("Taken back with its file"),
    Outcome.RETURNED: _l("Was taken for another gift"),
}
RULE_LABELS = {
    "identifier": _l("The tracking code of the gift stands in the description"),
    "amount": _l("Exactly the amount that was asked for"),
    "tracking": _l("The tracking number of the bank"),
    "card": _l("The payer's card, the amount and the time"),
    "hand": _l("Decided by hand"),
    "claim": _l("Another line has brought this gift already"),
    "line": _l("This line has brought another gift already"),
    "campaign": _l("The campaign was cancelled and takes nothing more"),
}
VERB_LABELS = {
    "propose": _l("Proposed"),
    "agree": _l("Agreed"),
    "refuse": _l("Not agreed"),
    "match": _l("Decided"),
}
WHAT_LABELS = {What.OWN: _l("it is other money"), What.ASIDE: _l("it is no gift"), **WRONG_LABELS}
REFUSALS = {
    "evidence": _l("Something is not explained yet."),
    "own": _l("This gift is for a campaign of your own: somebody else matches it."),
    "same": _l("This is your own proposal; another person answers it."),
    "account": _l("This gift was declared for another account."),
    "moved": _l("Somebody else was first. Here is how it stands now."),
    "spent": _l("Its campaign has spent some of it: it holds less than this line has brought."),
    "claim": _l("Another line has brought this gift already."),
    "line": _l("This line has brought another gift already."),
    "campaign": _l("The campaign of this gift was cancelled and takes nothing more."),
    "columns": _l("Say first what the columns mean."),
    "problems": _l("Some rows cannot be read. Nothing was imported."),
    "nothing": _l("No row of this file moves money."),
    "header": _l("There is no such row in the file."),
    "date": _l("Choose the column with the day."),
    "amount": _l("Choose the column with the amount that came in, or the one with all amounts."),
    "both": _l(
        "Choose either one column with all amounts, or one for what came in and one for what went out."
    ),
    "twice": _l("Two columns have the same meaning. Only descriptions may be several."),
}
RESTS = {
    "gift": _l("A line of this file is a gift that stands in the book, so the file stays."),
    "hands": _l("Somebody has decided about a line of this file, so it stays."),
    "item": _l("Somebody decides, or has decided, about money of this file, so it stays."),
    "twin": _l("A line of another file was told apart by a line of this one. Take that file back first."),
    "later": _l("A later file has brought some of these lines again. Take that file back first."),
}
"""Why an import cannot be taken back."""
REFUSALS |= RESTS
LEFT_OUT_LABELS = {"nothing": _l("moves no money"), "sum": _l("adds up other rows")}


def unreadable(why: str) -> str:
    """Why a file cannot be read, and what to do."""
    code = language().code
    return {
        "empty": _("There is nothing in this file."),
        "large": _(
            "This file is too large: at most %(size)s megabytes. Ask the bank for a shorter period.",
            size=grouped(LARGEST_BYTES // 1024**2, code),
        ),
        "rows": _(
            "This file has more than %(rows)s rows. Ask the bank for a shorter period.",
            rows=grouped(MOST_ROWS, code),
        ),
        "old_excel": _("This is an old or locked Excel file. Open it and save it as XLSX or CSV."),
        "web_page": _(
            "This is a web page with the name of a table. Open it in Excel and save it as XLSX or CSV."
        ),
        "pdf": _("This is a PDF. Ask the bank for the same statement as XLSX or CSV."),
        "not_text": _("This is neither XLSX nor CSV."),
        "broken": _("This file is damaged or incomplete. Fetch it once more from the bank."),
        "bomb": _("This file unpacks to far more than a statement. It was not opened."),
        "missing": _("Choose the file of the bank."),
    }[why]


def problem(one: Problem) -> str:
    """What is wrong with a row, in a sentence with its number."""
    row, cell = grouped(one.row, language().code), one.cell
    return {
        "date": _("Row %(row)s: «%(cell)s» is no day we can read.", row=row, cell=cell)
        if cell
        else _("Row %(row)s: there is an amount and no day.", row=row),
        "future": _("Row %(row)s: «%(cell)s» is in the future.", row=row, cell=cell),
        "amount": _("Row %(row)s: «%(cell)s» is no amount of whole rials.", row=row, cell=cell),
        "balance": _("Row %(row)s: «%(cell)s» is no balance we can read.", row=row, cell=cell),
        "direction": _("Row %(row)s: «%(cell)s» says neither in nor out.", row=row, cell=cell),
        "both": _("Row %(row)s: money came in and went out at once.", row=row),
    }[one.why]


def sign(one: Sign) -> str:
    """What a sign says, for or against, in a few words."""
    more = toman(abs(one.rials), language().code)
    said = {
        ("code", True): _("its tracking code stands in the description"),
        ("code", False): _("the description has the code of another gift"),
        ("amount", True): _("exactly its amount, and nobody else's"),
        ("shared_amount", True): _("its amount, which others were asked for too"),
        ("base_amount", None): _("the amount without the few tomans that tell it apart"),
        ("other_amount", False): _("%(more)s more than was asked for", more=more)
        if one.rials > 0
        else _("%(more)s less than was asked for", more=more),
        ("tracking", True): _("the same tracking number"),
        ("tracking", False): _("another tracking number"),
        ("card", True): _("the same card"),
        ("card", False): _("another card"),
        ("time", True): _("at the time the donor says"),
        ("time", False): _("at another time than the donor says"),
        ("window", False): _("booked before the gift was declared, or long after"),
    }
    return said.get((one.kind, one.says), "")
