"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import (
    about,
    campaign,
    campaignledger,
    ledger,
    ledgerfiles,
    memoranda,
    organizations,
    picture,
    portal,
    provinces,
    shortlink,
)

door = Blueprint("site", __name__)
for file in (
    *(portal, campaign, campaignledger, picture, provinces, organizations, memoranda),
    *(ledger, ledgerfiles, about, shortlink),
):
    door.register_blueprint(file.page)
