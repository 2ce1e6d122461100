"""The short link of a campaign as a QR code to keep: a drawing for print, a picture for everything else."""

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue

from campaigns.domain.campaigns.models import Campaign
from campaigns.web.guards import cacheable
from campaigns.web.qr import qr_file
from campaigns.web.render import absolute
from campaigns.web.site.campaign import found

page = Blueprint("qrfiles", __name__)
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@page.get("/c/<slug>/qr.<any(svg,png):form>")
@cacheable(embeddable=True, shared_seconds=3600, stale_seconds=86400)
def show(slug: str, form: str) -> ResponseReturnValue:
    campaign = found(slug)
    if not isinstance(campaign, Campaign):
        return campaign
    link = absolute(url_for("site.shortlink.follow", code=campaign.short_code))
    answer = current_app.response_class(qr_file(link, form), mimetype=TYPES[form])
    answer.headers["Content-Disposition"] = f'inline; filename="qr-{campaign.short_code}.{form}"'
    return answer
