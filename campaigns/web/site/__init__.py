"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import (
    about,
    campaign,
    campaignledger,
    feeds,
    finalreport,
    ledger,
    ledgerfiles,
    memoranda,
    needs,
    oembed,
    organizations,
    picture,
    pictures,
    portal,
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
    shortlink,
    feeds,
    qrfiles,
    oembed,
    widgets,
):
    door.register_blueprint(file.page)
