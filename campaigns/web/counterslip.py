"""What stands on a paper receipt, and how it is made void: by another clerk, or by finance."""

from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from wtforms import SelectField

from campaigns.base.extensions import db
from campaigns.base.fields import LineField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.domain.contributions.intents import INTENT_LABELS, Intent
from campaigns.domain.counter import gifts
from campaigns.domain.counter.errors import Refused
from campaigns.domain.counter.models import Receipt
from campaigns.domain.counter.offices import present_day
from campaigns.domain.counter.reasons import VOID_LABELS, VoidReason
from campaigns.domain.insights.portal import cards_of
from campaigns.web.counterwords import REFUSALS, name_of
from campaigns.web.locale import language
from campaigns.web.qr import qr
from campaigns.web.render import absolute


@dataclass(frozen=True)
class Slip:
    """`link` leads to the public receipt, `code` is a picture of it."""

    receipt: Receipt
    office: str
    title: str
    intent: str
    link: str
    code: Markup

    @classmethod
    def of(cls, receipt: Receipt) -> "Slip":
        gift = receipt.contribution
        link = absolute(url_for("give.receipt.show", code=gift.code))
        return cls(
            receipt=receipt,
            office=name_of(receipt.office),
            title=cards_of([gift.campaign_id], language().code)[gift.campaign_id].title,
            intent=str(INTENT_LABELS[Intent(gift.intent)]),
            link=link,
            code=qr(link),
        )


class VoidForm(StaffForm):
    reason = SelectField(
        _l("What was wrong"),
        [required(_l("Choose what was wrong"))],
        description=_l("It stands in the open book."),
    )
    note = LineField(_l("Note"), longest=300, description=_l("For people of the house only."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        words = ((key.value, label) for key, label in VOID_LABELS.items())
        self.reason.choices = choices([("", _("Choose…")), *words])


def make_void(receipt: Receipt, form: VoidForm) -> bool:
    """Makes it void and commits. False: something does not fit, and is said beside its field."""
    if not form.validate():
        return False
    try:
        gifts.void(receipt, current_user, VoidReason(form.reason.data), form.note.data)
    except Refused as why:
        db.session.rollback()
        form.reason.errors = [str(REFUSALS[why.code])]
        return False
    db.session.commit()
    flash(_("The receipt is void. Its number stays, and the gift is out of the book."), "ok")
    return True


def receipt_page(receipt: Receipt, form: VoidForm, back: str, action: str) -> str:
    """The page of one receipt; `action` is where its form goes, `back` where the reader came from."""
    open_day = receipt.sheet_id is None and receipt.day == present_day(receipt.office)
    standing = receipt.voided_at is None
    mine = receipt.made_by_id == current_user.id
    return render_template(
        "counter/receipt.html",
        receipt=receipt,
        slip=Slip.of(receipt),
        form=form,
        back=back,
        action=action,
        reasons=VOID_LABELS,
        may_void=bool(action) and standing and open_day and not mine,
        by_another=standing and open_day and mine,
    )
