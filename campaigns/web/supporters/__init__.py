"""For those who want to hear of a campaign: following it by e-mail, without an account, and leaving with one click."""

from flask import Blueprint

from campaigns.web.supporters import follow, leave

door = Blueprint("supporters", __name__)
for file in (follow, leave):
    door.register_blueprint(file.page)
