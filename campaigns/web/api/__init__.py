"""Public numbers for machines."""

from flask import Blueprint

from campaigns.web.api import campaign, v1

door = Blueprint("api", __name__, url_prefix="/api")
door.register_blueprint(campaign.page)
door.register_blueprint(v1.page)
