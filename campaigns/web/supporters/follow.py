"""Following a campaign by e-mail. The address itself says yes, by a letter's link.

Whether an address follows already is told to that address alone.
"""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from campaigns.base.codes import parse_code
from campaigns.base.extensions import db
from campaigns.base.fields import LineField
from campaigns.base.forms import PublicForm
from campaigns.domain.accounts.identity import email_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.contributions.queries import by_code
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.supporters import following, links
from campaigns.web.guards import public
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.render import themed
from campaigns.web.supporters.leave import drawn
from campaigns.web.supporters.limits import too_fast, wait_to_ask

page = Blueprint("follow", __name__)


class FollowForm(PublicForm):
    website = LineField(_l("Leave this empty"), longest=200)  # people do not see it; robots fill it
    email = LineField(_l("E-mail"), longest=254)

    def validate_email(self, field: LineField) -> None:
        if email_of(field.data or "") is None:
            raise ValidationError(
                _("Write the whole address, such as %(address)s", address="sara@example.org")
            )

    def address(self) -> str:
        """The address as it is kept, once the form is valid."""
        return email_of(self.email.data) or ""


@page.get("/c/<slug>/follow")
@public()
def ask(slug: str) -> ResponseReturnValue:
    return _asking(_campaign(slug), FollowForm(formdata=None))


@page.post("/c/<slug>/follow")
@public()
def send(slug: str) -> ResponseReturnValue:
    return _sent(_campaign(slug), FollowForm())


@page.get("/r/<code>/follow")
@public()
def ask_donor(code: str) -> ResponseReturnValue:
    """The same from the receipt of a gift: its thanks come by letter, too."""
    gift = _gift(code)
    return _asking(gift.campaign, FollowForm(formdata=None), gift)


@page.post("/r/<code>/follow")
@public()
def send_donor(code: str) -> ResponseReturnValue:
    gift = _gift(code)
    return _sent(gift.campaign, FollowForm(), gift)


@page.get("/follow/<token>")
@public()
def agreeing(token: str) -> ResponseReturnValue:
    """Where the first letter's link leads. Mail programs look at links by themselves: looking agrees to nothing."""
    found = links.agreeing(token)
    if found is None:
        return render_template("supporters/too_late.html"), 404
    return drawn(found[0], "supporters/agree.html", token)


@page.post("/follow/<token>")
@public()
def agree(token: str) -> ResponseReturnValue:
    found = links.agreeing(token)
    if found is None:
        return render_template("supporters/too_late.html"), 404
    following.agree(*found)
    db.session.commit()
    return drawn(found[0], "supporters/agree.html", token)


def _campaign(slug: str) -> Campaign:
    campaign = by_slug(slug)
    if campaign is None:
        abort(404)
    return campaign


def _gift(code: str) -> Contribution:
    """A gift that has arrived, by the code of its receipt as it is written there."""
    gift = by_code(code) if parse_code(code) == code else None
    if gift is None or gift.received_at is None:
        abort(404)
    _campaign(gift.campaign.slug)
    return gift


def _sent(campaign: Campaign, form: FollowForm, gift: Contribution | None = None) -> ResponseReturnValue:
    """Always the same answer, whatever is known of the address."""
    if not form.validate() or form.website.data:
        return _asking(campaign, form, gift), 422
    wait = wait_to_ask(form.address())
    if wait:
        db.session.commit()
        return too_fast(wait)
    following.ask(campaign.id, form.address(), language().code, link, gift.id if gift else None)
    db.session.commit()
    return _asking(campaign, form, gift, is_sent=True)


def _asking(
    campaign: Campaign, form: FollowForm, gift: Contribution | None = None, *, is_sent: bool = False
) -> str:
    back = (
        url_for("give.receipt.show", code=gift.code)
        if gift
        else url_for("site.campaign.show", slug=campaign.slug)
    )
    return themed(
        campaign.theme,
        "supporters/follow.html",
        card=cards_of([campaign.id], language().code)[campaign.id],
        form=form,
        gift=gift,
        back=back,
        is_sent=is_sent,
        problems=form.problems(),
    )
