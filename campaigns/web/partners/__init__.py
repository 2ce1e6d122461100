"""The door of those who look after partners: organizations, and memoranda of understanding with them."""

from flask import Blueprint

from campaigns.web.partners import home, memoranda, organizations, writing

door = Blueprint("partners", __name__, url_prefix="/partners")
for file in (home, organizations, writing, memoranda):
    door.register_blueprint(file.page)
