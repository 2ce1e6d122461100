"""A campaign's poster as a file to print."""

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from campaigns.base.late import Late
from campaigns.base.money import toman_compact
from campaigns.base.phone import shown as shown_phone
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.insights.campaign_page import campaign_page
from campaigns.web.guards import cacheable
from campaigns.web.locale import language
from campaigns.web.paper import SIZES, built_fonts
from campaigns.web.render import absolute
from campaigns.web.site.campaign import found

if TYPE_CHECKING:
    from campaigns.web import posterpaper
else:
    posterpaper = Late("campaigns.web.posterpaper")

page = Blueprint("poster", __name__)


@page.get(f"/c/<slug>/poster-<any({','.join(SIZES)}):size>.pdf")
@cacheable(shared_seconds=3600, stale_seconds=86400)
def show(slug: str, size: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    fonts = built_fonts()
    if fonts is None:
        abort(404)
    file = posterpaper.draw(_words(campaign), fonts, size)
    answer = current_app.response_class(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{campaign.slug}-{size}.pdf"'
    return answer


def _words(campaign: Campaign) -> "posterpaper.Words":
    code = language().code
    view = campaign_page(campaign, code, with_wall=False)
    price = toman_compact(view.unit_price_rials, code)
    licence = _("Licence %(number)s", number=view.organizer.license_number)
    return posterpaper.Words(
        language=code,
        theme=view.theme,
        house=view.organizer.name,
        title=view.title,
        lead=view.lead,
        price=_("Each %(unit)s: %(price)s", unit=view.unit_name, price=price) if view.unit_name else "",
        call=_("Point a phone's camera at the square, or open"),
        link=absolute(url_for("site.shortlink.follow", code=campaign.short_code)),
        phone=shown_phone(view.organizer.phone, code) if view.organizer.phone else "",
        phone_label=_("Ask us"),
        small=f"{licence} · {_('Sample data')}" if view.is_sample else licence,
        changed_at=view.state_changed_at,
    )
