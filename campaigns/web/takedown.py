"""Taking a picture off because consent was withdrawn: the same two pages for organizers and for moderators.

It is told as done only once it holds everywhere (`pagecache.until_everywhere`) and the files are gone.
"""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from campaigns.base.extensions import db
from campaigns.base.fields import TextField, required
from campaigns.base.forms import StaffForm
from campaigns.domain.campaigns.block_page import Said, ShownPicture
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.withdrawing import Named, named_by, withdraw
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.notices.takedowns import tell_taken_off
from campaigns.domain.pictures.consent import SEEN_LABELS
from campaigns.domain.pictures.store import destroy, with_key
from campaigns.web.letterlinks import link
from campaigns.web.locale import language
from campaigns.web.pagecache import until_everywhere


class WithdrawForm(StaffForm):
    reason = TextField(
        _l("Reason"),
        [required(_l("Write who asked for it, and when"))],
        longest=500,
        description=_l(
            "Who withdrew the consent, and how you heard of it. Only people of the house read it; it stays."
        ),
    )


def list_page(campaign: Campaign, door: str, back: str) -> str:
    """Every picture of the campaign. `door`: the blueprint whose pages go on; `back`: where the reader came from."""
    return render_template("takedown/list.html", **_frame(campaign, door, back), rows=_rows(campaign))


def confirm_page(campaign: Campaign, picture: str, door: str, form: WithdrawForm) -> str:
    one = _one(campaign, picture)
    back = url_for(f"{door}.show", public_id=campaign.public_id)
    return render_template(
        "takedown/confirm.html", **_frame(campaign, door, back), form=form, row=(one, _shown(one))
    )


def carry_out(campaign: Campaign, picture: str, door: str) -> ResponseReturnValue:
    """Commits."""
    form, one = WithdrawForm(), _one(campaign, picture)
    if not form.validate():
        return confirm_page(campaign, picture, door, form), 422
    key, to = one.picture.key, url_for(f"{door}.show", public_id=campaign.public_id)
    names = with_key(key)
    touched = withdraw(one.picture, campaign, current_user, form.reason.data)
    tell_taken_off(touched, key, current_user, link)
    db.session.commit()
    destroy(names, current_app.config["SETTINGS"].data_dir)
    until_everywhere()
    flash(
        _("The picture is gone: no page shows it, its addresses answer nothing, its files are deleted."), "ok"
    )
    return redirect(to, 303)


def _one(campaign: Campaign, name: str) -> Named:
    found = [one for one in named_by(campaign) if one.picture.public_id == name]
    return found[0] if found else abort(404)


def _rows(campaign: Campaign) -> list[tuple[Named, ShownPicture]]:
    return [(one, _shown(one)) for one in named_by(campaign)]


def _shown(one: Named) -> ShownPicture:
    return ShownPicture(one.picture, Said(one.item["alt"]["fa"], "fa"), Said("", "fa"))


def _frame(campaign: Campaign, door: str, back: str) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "card": cards_of([campaign.id], language().code)[campaign.id],
        "door": door,
        "back": back,
        "seen_labels": SEEN_LABELS,
    }
