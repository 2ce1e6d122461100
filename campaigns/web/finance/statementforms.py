"""The forms of statements: bringing a file, telling what its columns mean, saying which gift a line is."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from campaigns.base.digits import in_script
from campaigns.base.fields import LineField, TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.statements.columns import ROWS_ABOVE, Column, Layout
from campaigns.domain.statements.outcomes import WRONG_LABELS
from campaigns.domain.statements.table import MOST_COLUMNS, Row
from campaigns.web.finance.statementwords import COLUMN_LABELS, UNIT_LABELS
from campaigns.web.locale import language

LONGEST_NOTE = 1000
SHOWN_OF_A_ROW = 80


class UploadForm(StaffForm):
    account = SelectField(_l("Account"), validate_choice=False)
    file = FileField(
        _l("File of the bank"),
        description=_l(
            "XLSX or CSV, as the bank gives it. The next page shows what we understand; nothing is kept before."
        ),
    )

    def offer(self, accounts: Sequence[BankAccount]) -> "UploadForm":
        self.account.choices = choices((one.public_id, account_label(one)) for one in accounts)
        return self


class ColumnsForm(StaffForm):
    """`header`, `unit`, and one field `c0`, `c1`… a column; made by `columns_form`."""

    header = SelectField(
        _l("Row with the names of the columns"), description=_l("What stands above it is not read.")
    )
    unit = RadioField(_l("Amounts are in"), choices=choices(UNIT_LABELS.items()), default="rial")

    def layout(self, width: int) -> Layout:
        """What was told, once the form is valid."""
        meanings = tuple(Column(self[f"c{place}"].data) for place in range(width))
        return Layout(int(self.header.data), meanings, self.unit.data)


class MatchForm(StaffForm):
    claim = RadioField(_l("Which gift is it?"), validate_choice=False)
    code = LineField(
        _l("Or the tracking code of the gift"),
        longest=40,
        description=_l("For a gift that is not in the list. Ask the donor for the code."),
    )
    note = TextField(
        _l("Why it is this gift"),
        [required(_l("Write what you have seen, so that others can judge it"))],
        longest=LONGEST_NOTE,
        description=_l("For colleagues only."),
    )


class OwnForm(StaffForm):
    owning = TextField(
        _l("Why it is other money"),
        [required(_l("Write what you have seen, so that others can judge it"))],
        longest=LONGEST_NOTE,
        description=_l("For colleagues only."),
    )


class AsideForm(StaffForm):
    aside = TextField(
        _l("What it is"),
        [required(_l("Write what you have seen, so that others can judge it"))],
        longest=LONGEST_NOTE,
        description=_l("Such as: interest of the bank, a settlement of a gateway, money of our own."),
    )


class WrongForm(StaffForm):
    """Why a line is not the gift it was taken for. `wrong` is public, `seen` is not."""

    wrong = RadioField(
        _l("Reason, as everybody reads it on the page of corrections"),
        [required(_l("Choose a reason"))],
        choices=choices((what.value, words) for what, words in WRONG_LABELS.items()),
    )
    seen = TextField(
        _l("What you have seen"),
        [required(_l("Write what you have seen, so that others can judge it"))],
        longest=LONGEST_NOTE,
        description=_l("For colleagues only."),
    )


class AnswerForm(StaffForm):
    proposal = HiddenField()
    answer = RadioField(
        _l("Your answer"), choices=choices([("agree", _l("I agree: carry it out")), ("refuse", _l("No"))])
    )
    remark = TextField(_l("Why, if you say no"), longest=LONGEST_NOTE)

    def validate_remark(self, field: TextField) -> None:
        if self.answer.data == "refuse" and not field.data:
            raise ValidationError(str(_l("Write why you do not agree")))


def account_label(account: BankAccount) -> str:
    """An account by its bank, its holder and its last digits."""
    number = account.sheba or account.card_number or ""
    return f"{account.bank} · {account.holder} · {in_script(number[-4:], language().code)}"


def columns_form(rows: Sequence[Row], header: Row, layout: Layout | None) -> tuple[ColumnsForm, int]:
    """The form for a table, filled with what is understood so far, and how many columns it has."""
    width = min(max(len(row.cells) for row in rows), MOST_COLUMNS)
    meanings = choices((column.value, words) for column, words in COLUMN_LABELS.items())
    fields = {
        f"c{place}": SelectField(
            header.cell(place) or _l("Column without a name"),
            choices=meanings,
            description=_examples(rows, header, place),
        )
        for place in range(width)
    }
    told = {"header": str(header.number), "unit": layout.unit if layout else "rial"}
    for place in range(width):
        known = layout is not None and place < len(layout.columns)
        told[f"c{place}"] = layout.columns[place].value if layout is not None and known else ""
    form = type("TableForm", (ColumnsForm,), fields)(data=told)
    tops = ((str(row.number), _top(row)) for row in rows[:ROWS_ABOVE])
    form.header.choices = choices(tops)
    return form, width


def _examples(rows: Sequence[Row], header: Row, place: int) -> str:
    below = [row.cell(place) for row in rows if row.number > header.number and row.cell(place)]
    return " · ".join(dict.fromkeys(text[:40] for text in below[:3]))


def _top(row: Row) -> str:
    number = in_script(str(row.number), language().code)
    return f"{number}: {' · '.join(filter(None, row.cells))[:SHOWN_OF_A_ROW]}"


class BackForm(StaffForm):
    why = LineField(_l("Reason"), [required(_l("Write the reason"))], longest=300)
