"""Certificates of thanks: asking for one, the paper as PDF, and the page that confirms its code to anybody."""

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code, spoken
from campaigns.base.extensions import db
from campaigns.base.jalali import said
from campaigns.base.late import Late
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.volunteers.hour_models import Thanks
from campaigns.domain.volunteers.thanks import by_code, earned, issue, still_holds
from campaigns.web.guards import public
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.paper import built_fonts
from campaigns.web.shifts.forms import ThanksForm
from campaigns.web.shifts.holding import held
from campaigns.web.shifts.times import duration

if TYPE_CHECKING:
    from campaigns.web import certificatepaper
else:
    certificatepaper = Late("campaigns.web.certificatepaper")

page = Blueprint("certificate", __name__)


@page.get("/shifts/<code>/thanks/<slug>")
@public()
def ask(code: str, slug: str) -> ResponseReturnValue:
    return _asking(code, slug, ThanksForm(formdata=None))


@page.post("/shifts/<code>/thanks/<slug>")
@public()
def make(code: str, slug: str) -> ResponseReturnValue:
    """The same hours and the same choice make the same certificate."""
    own, form = held(code), ThanksForm()
    if not form.validate():
        return _asking(code, slug, form), 422
    made = issue(own.holder, own.campaign(slug).id, whole_name=form.shown.data == "whole")
    if made is None:
        abort(404)
    db.session.commit()
    return redirect(url_for("shifts.status.show", code=code), 303)


@page.get("/shifts/<code>/certificate/<thanks>.pdf")
@public()
def paper(code: str, thanks: str) -> ResponseReturnValue:
    """The paper, for whoever holds the code with which it was asked for: it says the whole name."""
    own, made = held(code), by_code(thanks)
    if made is None or made.holder_code != own.holder.code:
        abort(404)
    fonts = built_fonts()
    if fonts is None:
        abort(404)
    file = certificatepaper.draw(_words(made), fonts)
    answer = current_app.response_class(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="thanks-{made.code}.pdf"'
    return answer


@page.get("/thanks/<code>")
@public()
def show(code: str) -> ResponseReturnValue:
    """What the paper with this code says, as far as its owner lets others read it."""
    known = parse_code(code)
    made = by_code(known) if known else None
    if made is None:
        abort(404)
    if code != made.code:
        return redirect(url_for("shifts.certificate.show", code=made.code), 301)
    return render_template(
        "shifts/thanks.html",
        thanks=made,
        card=cards_of([made.campaign_id], language().code)[made.campaign_id],
        hours=duration(made.minutes, language().code),
        holds=still_holds(made),
    )


def _asking(code: str, slug: str, form: ThanksForm) -> str:
    own = held(code)
    campaign = own.campaign(slug)
    given = earned(own.holder, campaign.id)
    if given is None:
        abort(404)
    return render_template(
        "shifts/thanks_ask.html",
        code=code,
        campaign=campaign,
        card=own.cards[campaign.id],
        hours=duration(given.minutes, language().code),
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )


def _words(made: Thanks) -> "certificatepaper.Words":
    code = language().code
    card = cards_of([made.campaign_id], code)[made.campaign_id]
    house = made.campaign.organization
    first, last = said(made.first_on, code), said(made.last_on, code)
    days = (
        _("on %(day)s", day=first)
        if first == last
        else _("from %(first)s to %(last)s", first=first, last=last)
    )
    text = _(
        "%(name)s gave %(hours)s of voluntary service to the campaign “%(campaign)s” %(days)s. We are grateful for"
        " this time, given freely.",
        name=made.name,
        hours=duration(made.minutes, code),
        campaign=card.title,
        days=days,
    )
    return certificatepaper.Words(
        language=code,
        theme=card.theme,
        house=house.name_en if code == "en" else house.name_fa,
        title=_("Certificate of thanks"),
        text=text,
        issued=_("Issued on %(day)s", day=said(made.issued_at, code)),
        issued_at=made.issued_at,
        code_label=_("Code to confirm it"),
        code=spoken(made.code),
        link=link(code, "shifts.certificate.show", code=made.code),
        note=_("Anybody can confirm this paper at the address below, or with the square code."),
    )
