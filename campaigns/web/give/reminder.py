"""Reminders: asked for at the receipt, and kept by the donor with a signed link. No account, nothing stored but an
address or a number.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.money import RIALS_PER_TOMAN
from campaigns.domain.contributions.intents import INTENT_LABELS
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.reminders import actions, links
from campaigns.domain.reminders.models import Reminder, State
from campaigns.domain.reminders.queries import Standing, answers_of, last_written, of_gift, standing
from campaigns.web.give.limits import too_fast, wait_to_look
from campaigns.web.give.monthforms import AskForm, ChangeForm, texts_go_out
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.ways import offered

page = Blueprint("reminder", __name__)
STEPS = {"pause": actions.pause, "resume": actions.resume}


@page.get("/r/<code>/monthly")
@public()
def ask_for(code: str) -> ResponseReturnValue:
    """The form. A gift that is not here yet, or whose campaign is over, has none."""
    gift = _received(code)
    return _asking(gift, AskForm(texts_go_out(), formdata=None))


@page.post("/r/<code>/monthly")
@public()
def begin(code: str) -> ResponseReturnValue:
    gift, form = _received(code), AskForm(texts_go_out())
    if not form.validate() or form.website.data:
        return _asking(gift, form), 422
    wait = wait_to_look()
    if wait:
        db.session.commit()
        return too_fast(wait)
    email, mobile = form.reach()
    asked = actions.Asked(gift.rials, gift.intent, language().code, email, form.day.data, mobile)
    actions.ask(gift.id, gift.campaign_id, asked)
    db.session.commit()
    return redirect(url_for("give.reminder.ask_for", code=gift.code), 303)


@page.get("/monthly/<token>")
@public()
def show(token: str) -> ResponseReturnValue:
    """The donor's own page: how it stands, and everything that can be changed."""
    reminder = _owned(token)
    return _own(token, reminder, _change_form(reminder, formdata=None))


@page.post("/monthly/<token>")
@public()
def change(token: str) -> ResponseReturnValue:
    reminder = _owned(token)
    form = _change_form(reminder)
    if not form.validate():
        return _own(token, reminder, form), 422
    actions.change(reminder, form.rials.data, form.day.data)
    db.session.commit()
    return redirect(url_for("give.reminder.show", token=token), 303)


@page.post("/monthly/<token>/<any(pause,resume):step>")
@public()
def turn(token: str, step: str) -> ResponseReturnValue:
    """Pressed twice, it is done once."""
    STEPS[step](_owned(token))
    db.session.commit()
    return redirect(url_for("give.reminder.show", token=token), 303)


@page.get("/monthly/<token>/stop")
@public()
def leave(token: str) -> ResponseReturnValue:
    """Where the link of a letter leads. Mail programs look at links by themselves: looking stops nothing."""
    return _leaving(token, _owned(token))


@page.post("/monthly/<token>/stop")
@public()
def stop(token: str) -> ResponseReturnValue:
    """The button, and the one click of a mail program (RFC 8058), which has no cookie and wants no redirect."""
    reminder = _owned(token)
    actions.stop(reminder)
    db.session.commit()
    return _leaving(token, reminder)


def _received(code: str) -> Contribution:
    known = parse_code(code)
    gift = by_code(known) if known == code else None
    if gift is None or gift.received_at is None:
        abort(404)
    if standing(gift.campaign, gift.intent) is not Standing.OPEN:
        abort(404)
    return gift


def _owned(token: str) -> Reminder:
    reminder = links.owned(token)
    if reminder is None:
        abort(404)
    return reminder


def _asking(gift: Contribution, form: AskForm) -> str:
    """Once somebody asked with this gift, the page says so and nothing more: the receipt may be in many hands."""
    return themed(
        gift.campaign.theme,
        "give/remind.html",
        gift=gift,
        card=cards_of([gift.campaign_id], language().code)[gift.campaign_id],
        asked=of_gift(gift.id),
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )


def _change_form(reminder: Reminder, **kwargs: object) -> ChangeForm:
    bounds = [way.gateway.capabilities() for way in offered(reminder.campaign.organization_id)]
    least = min((can.min_rials for can in bounds), default=0)
    known = [can.max_rials for can in bounds if can.max_rials is not None]
    most = max(known) if known and len(known) == len(bounds) else None
    return ChangeForm(
        max(least, reminder.campaign.minimum_rials),
        most,
        data={"rials": reminder.rials, "day": reminder.day},
        **kwargs,
    )


def _own(token: str, reminder: Reminder, form: ChangeForm) -> str:
    return themed(
        reminder.campaign.theme,
        "give/reminder.html",
        token=token,
        reminder=reminder,
        card=cards_of([reminder.campaign_id], language().code)[reminder.campaign_id],
        intent_label=INTENT_LABELS.get(reminder.intent, reminder.intent),
        is_over=reminder.state == State.STOPPED.value,
        give_url=_give_url(reminder),
        answers=answers_of(reminder),
        whys=_whys(),
        form=form,
        problems=form.problems() if request.method == "POST" else [],
    )


def _give_url(reminder: Reminder) -> str | None:
    """The filled-in form of the latest letter, whose answer the gift will be. None before the first one."""
    month = last_written(reminder.id)
    if month is None or reminder.state == State.STOPPED.value:
        return None
    if standing(reminder.campaign, reminder.intent) is not Standing.OPEN:
        return None
    return url_for(
        "give.start.show",
        slug=reminder.campaign.slug,
        other=reminder.rials // RIALS_PER_TOMAN,
        intent=reminder.intent,
        again=links.of_month(reminder, month),
    )


def _leaving(token: str, reminder: Reminder) -> str:
    card = cards_of([reminder.campaign_id], language().code)[reminder.campaign_id]
    is_over = reminder.state == State.STOPPED.value
    return render_template("give/reminder_stop.html", token=token, card=card, is_over=is_over)


def _whys() -> dict[str, str]:
    return {
        "donor": _("You stopped it."),
        "campaign": _("The campaign has ended."),
        "unanswered": _("Three reminders in a row stayed without a gift, so we stopped by ourselves."),
        "unpaid": _("The gift it was to begin with never arrived."),
    }
