"""The public pages: portal, campaigns, provinces, about."""

from flask import Blueprint

from campaigns.web.site import about, campaign, picture, portal, provinces, shortlink

door = Blueprint("site", __name__)
for file in (portal, campaign, picture, provinces, about, shortlink):
    door.register_blueprint(file.page)
