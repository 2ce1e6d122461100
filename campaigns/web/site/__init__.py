"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import (
    about,
    campaign,
    campaignledger,
    colours,
    decisions,
    draft,
    feeds,
    finalreport,
    guide,
    ledger,
    ledgerfiles,
    memoranda,
    needs,
    oembed,
    organizations,
    picture,
    pictures,
    portal,
    poster,
    provinces,
    qrfiles,
    reached,
    shortlink,
    widgets,
)

door = Blueprint("site", __name__)
for file in (
    portal,
    campaign,
    colours,
    draft,
    needs,
    campaignledger,
    finalreport,
    picture,
    pictures,
    provinces,
    reached,
    organizations,
    memoranda,
    ledger,
    ledgerfiles,
    about,
    decisions,
    shortlink,
    feeds,
    qrfiles,
    poster,
    oembed,
    widgets,
    guide,
):
    door.register_blueprint(file.page)
