"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import (
    about,
    campaign,
    campaignledger,
    finalreport,
    ledger,
    ledgerfiles,
    memoranda,
    needs,
    organizations,
    picture,
    portal,
    provinces,
    reached,
    shortlink,
)

door = Blueprint("site", __name__)
for file in (
    portal,
    campaign,
    needs,
    campaignledger,
    finalreport,
    picture,
    provinces,
    reached,
    organizations,
    memoranda,
    ledger,
    ledgerfiles,
    about,
    shortlink,
):
    door.register_blueprint(file.page)
