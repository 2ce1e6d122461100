"""The door of those who give time: who is there already, signing up, a volunteer's own page, the call in a crisis."""

from flask import Blueprint

from campaigns.web.network import home, join, mine, status, surge

door = Blueprint("network", __name__, url_prefix="/volunteers")
for file in (home, join, status, mine, surge):
    door.register_blueprint(file.page)
