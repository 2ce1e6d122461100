"""One volunteer: what they wrote, the papers, what was decided, and deciding. A stranger's paper is made anew."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import FileField, HiddenField, RadioField
from wtforms.validators import ValidationError

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, choices, required
from campaigns.base.forms import StaffForm
from campaigns.config import Settings
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.claims import pictures
from campaigns.domain.volunteers import evidence, queries
from campaigns.domain.volunteers.erasing import erase, forget_files
from campaigns.domain.volunteers.errors import Refused
from campaigns.domain.volunteers.profile_models import Volunteer
from campaigns.domain.volunteers.verification import MOVES, decide, history
from campaigns.domain.volunteers.words import SLOT_LABELS, STATE_LABELS, State, slots_of
from campaigns.web.coordination.reach import seen
from campaigns.web.guards import needs
from campaigns.web.strangers import answer

page = Blueprint("person", __name__)
LONGEST = 500
VERBS = {
    State.CHECKING: _l("I am looking at it"),
    State.VERIFIED: _l("Verified"),
    State.MORE: _l("Ask for more"),
    State.DECLINED: _l("Decline"),
}


class DecideForm(StaffForm):
    seen = HiddenField()  # the state that was looked at
    after = RadioField(_l("Decision"), [required(_l("Choose a decision"))], validate_choice=False)
    reason = TextField(
        _l("Reason"),
        longest=LONGEST,
        description=_l("The volunteer reads it, so write it to them. Needed to ask for more or to decline."),
    )
    note = TextField(
        _l("What you saw"),
        longest=LONGEST,
        description=_l(
            "Such as: licence looked up in the council's register. Only coordinators read it. "
            "To verify, write this or keep a paper."
        ),
    )

    def offer(self, volunteer: Volunteer) -> None:
        can = MOVES[State(volunteer.state)]
        self.after.choices = choices((state.value, words) for state, words in VERBS.items() if state in can)
        if not self.seen.data:
            self.seen.data = volunteer.state

    def validate_after(self, field: RadioField) -> None:
        if field.data not in {state.value for state in VERBS}:
            raise ValidationError(_("Choose a decision"))


class PaperForm(StaffForm):
    paper = FileField(_l("A picture or a PDF of the licence, at most five megabytes"))


@page.get("/people/<volunteer>")
@needs(Permission.COORDINATE)
def show(volunteer: str) -> ResponseReturnValue:
    return _page(seen(volunteer))


@page.get("/people/<volunteer>/<any(decide, papers):step>")
@needs(Permission.COORDINATE)
def back(volunteer: str, step: str) -> ResponseReturnValue:
    """Where a page with an error was, looked at again, such as in another language."""
    return redirect(url_for("coordination.person.show", volunteer=volunteer), 303)


@page.post("/people/<volunteer>/decide")
@needs(Permission.COORDINATE)
def carry_out(volunteer: str) -> ResponseReturnValue:
    found, form = seen(volunteer), DecideForm()
    form.offer(found)
    if not form.validate():
        return _page(found, deciding=form), 422
    try:
        decide(
            found,
            current_user,
            State(form.after.data),
            seen=form.seen.data or "",
            reason=form.reason.data or "",
            note=form.note.data or "",
        )
    except Refused as refusal:
        db.session.rollback()
        field = {"reason": form.reason, "evidence": form.note}.get(refusal.reason, form.after)
        field.errors = [_refusals()[refusal.reason]]
        found = seen(volunteer)
        form.seen.data = found.state
        form.offer(found)
        return _page(found, deciding=form), 422
    db.session.commit()
    flash(_("Done. It is written down below."), "ok")
    return redirect(url_for("coordination.person.show", volunteer=volunteer), 303)


@page.post("/people/<volunteer>/papers")
@needs(Permission.COORDINATE)
def keep(volunteer: str) -> ResponseReturnValue:
    request.max_content_length = 2 * pictures.MOST_BYTES
    found, form = seen(volunteer), PaperForm()
    good, shown = form.validate(), _shown(form)
    if not good or shown is None:
        return _page(found, papers=form), 422
    try:
        evidence.keep(found, shown.kind, shown.data, current_user.id, _settings().data_dir)
    except Refused as refusal:
        db.session.rollback()
        form.paper.errors = [_refusals()[refusal.reason]]
        return _page(seen(volunteer), papers=form), 422
    db.session.commit()
    flash(_("The paper is kept."), "ok")
    return redirect(url_for("coordination.person.show", volunteer=volunteer), 303)


@page.get("/people/<volunteer>/papers/<paper>")
@needs(Permission.COORDINATE)
def paper(volunteer: str, paper: str) -> ResponseReturnValue:
    """A picture to look at, or a paper to keep: what strangers wrote is never opened by our own pages."""
    row = evidence.paper(seen(volunteer), paper)
    data = evidence.data_of(row, _settings().data_dir) if row else None
    if row is None or data is None:
        abort(404)
    return answer(data, row.kind, f"paper-{row.id}{evidence.ENDINGS[row.kind]}")


class EraseForm(StaffForm):
    pass


@page.get("/people/<volunteer>/erase")
@needs(Permission.COORDINATE)
def erasing(volunteer: str) -> ResponseReturnValue:
    """The page that asks once more: for somebody who called."""
    return render_template("coordination/erase.html", one=seen(volunteer), form=EraseForm())


@page.post("/people/<volunteer>/erase")
@needs(Permission.COORDINATE)
def forget(volunteer: str) -> ResponseReturnValue:
    found, form = seen(volunteer), EraseForm()
    if not form.validate():
        return render_template("coordination/erase.html", one=found, form=form), 422
    files = erase(found)
    db.session.commit()
    forget_files(files, _settings().data_dir)
    flash(_("It is erased."), "ok")
    return redirect(url_for("coordination.home.show"), 303)


def _shown(form: PaperForm) -> pictures.Receipt | None:
    """What was sent; what is wrong with it stands beside the field."""
    sent = request.files.get("paper")
    try:
        return pictures.read(sent.stream.read(pictures.MOST_BYTES + 1) if sent else b"")
    except pictures.BadReceipt as bad:
        form.paper.errors = [_refusals()[bad.reason]]
        return None


def _refusals() -> dict[str, str]:
    broken = _("This file cannot be opened. Take a picture of the paper and send that.")
    return {
        "moved": _("Somebody else has decided meanwhile. Look at it once more."),
        "reason": _("Write a reason: the volunteer reads it."),
        "evidence": _("Write what you saw, or keep a paper first."),
        "many": _("Ten papers are enough."),
        "empty": _("Choose a picture or a PDF."),
        "broken": broken,
        "large": _("This file is larger than five megabytes. Take a picture of the paper and send that."),
        "pixels": _("This picture is too large. Take a smaller one."),
        "kind": _("This is neither a picture (JPEG, PNG, WebP) nor a PDF."),
    }


def _page(volunteer: Volunteer, deciding: DecideForm | None = None, papers: PaperForm | None = None) -> str:
    sent: Any = deciding or papers
    form = deciding or DecideForm(formdata=None)
    if deciding is None:
        form.offer(volunteer)
    return render_template(
        "coordination/person.html",
        one=volunteer,
        specialities=queries.specialities_of([volunteer.id])[volunteer.id],
        slots=[SLOT_LABELS[slot] for slot in slots_of(volunteer.slots)],
        labels=STATE_LABELS,
        papers=evidence.papers_of(volunteer),
        steps=history(volunteer),
        form=form if MOVES[State(volunteer.state)] else None,
        paper=papers or PaperForm(formdata=None),
        problems=sent.problems() if sent else [],
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
