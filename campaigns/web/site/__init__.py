"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import about, campaign, corrections, portal, provinces, shortlink

door = Blueprint("site", __name__)
for file in (portal, campaign, provinces, about, corrections, shortlink):
    door.register_blueprint(file.page)
