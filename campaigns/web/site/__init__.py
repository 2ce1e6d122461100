"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import (
    about,
    campaign,
    campaignledger,
    feeds,
    ledger,
    ledgerfiles,
    oembed,
    picture,
    portal,
    provinces,
    qrfiles,
    shortlink,
    widgets,
)

door = Blueprint("site", __name__)
for file in (portal, campaign, campaignledger, picture, provinces, ledger, ledgerfiles, about, shortlink):
    door.register_blueprint(file.page)
for file in (feeds, qrfiles, oembed, widgets):
    door.register_blueprint(file.page)
