"""Forms for those who report a problem. None needs an account."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, RadioField
from wtforms.validators import ValidationError

from campaigns.base.fields import LineField, TextField, choices, optional, required
from campaigns.base.forms import PublicForm
from campaigns.base.phone import parse_mobile
from campaigns.domain.accounts.identity import email_of
from campaigns.domain.claims import pictures
from campaigns.domain.problems.actions import Told
from campaigns.domain.problems.states import Kind
from campaigns.domain.problems.words import KIND_LABELS
from campaigns.web.locale import language

MOST_SENT = 2 * pictures.MOST_BYTES
"""Bytes of a whole form: what is a little too large still gets a sentence beside its field."""


def evidence_field() -> FileField:
    """Each form has its own: errors stand in the order of its fields."""
    return FileField(
        _l("Picture or PDF that shows it"),
        description=_l(
            "At most five megabytes. Only moderators see it; what a camera writes into it is taken out."
        ),
    )


class WithEvidence(PublicForm):
    """A form with a field `evidence`. `shown` is what it holds once `read_evidence` has looked into it."""

    evidence: FileField
    shown: pictures.Receipt | None = None

    def read_evidence(self) -> bool:
        """Looks through the file, with no transaction open. False: the error stands beside its field."""
        sent = request.files.get("evidence")
        if sent is None or not sent.filename:
            return True
        try:
            self.shown = pictures.read(sent.stream.read(pictures.MOST_BYTES + 1))
        except pictures.BadReceipt as bad:
            self.evidence.errors = [_sentences()[bad.reason]]
        return self.shown is not None


class ReportForm(WithEvidence):
    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    form_key = HiddenField()
    kind = RadioField(
        _l("What is wrong?"),
        [required(_l("Choose what comes closest"))],
        choices=choices(KIND_LABELS.items()),
    )
    words = TextField(
        _l("What have you seen?"),
        [required(_l("Write what you have seen"))],
        longest=4000,
        description=_l("What, where and when. Only moderators read it."),
    )
    evidence = evidence_field()
    contact = LineField(
        _l("E-mail or mobile number"),
        [optional()],
        longest=120,
        description=_l("Only if we may ask you back. You see how it stands without it."),
    )

    def validate_contact(self, field: LineField) -> None:
        if field.data and email_of(field.data) is None and parse_mobile(field.data) is None:
            raise ValidationError(_("Write an e-mail address, or a mobile number that begins with 09."))

    def told(self) -> Told:
        return Told(
            kind=Kind(self.kind.data),
            words=self.words.data or "",
            contact=_kept(self.contact.data or ""),
            language=language().code,
            hidden_marks=self.hidden_marks(),
        )


class AnswerForm(WithEvidence):
    words = TextField(_l("Your answer"), [required(_l("Write your answer"))], longest=4000)
    evidence = evidence_field()


class AppealForm(PublicForm):
    words = TextField(
        _l("Why should another person look at it again?"),
        [required(_l("Write what was overlooked"))],
        longest=4000,
    )


class MoreForm(WithEvidence):
    """One more file for an open case."""

    evidence = evidence_field()


def _kept(typed: str) -> str:
    return email_of(typed) or parse_mobile(typed) or ""


def _sentences() -> dict[str, str]:
    broken = _("This file cannot be opened. Take a picture of it and send that.")
    return {
        "empty": broken,
        "broken": broken,
        "large": _("This file is larger than five megabytes. Take a picture of the screen and send that."),
        "pixels": _("This picture is too large. Take a picture of the screen and send that."),
        "kind": _("This is neither a picture (JPEG, PNG, WebP) nor a PDF."),
        "none": _("Choose a file"),
        "many": _("Five files are enough for one case."),
    }


def sentence(reason: str) -> str:
    """What is wrong with a file."""
    return _sentences()[reason]
