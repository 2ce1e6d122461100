"""The organizer's desk: my campaigns, the editor, gifts, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import campaign, editor, gifts, home, preview, report, send, steer, updates, widgets

door = Blueprint("desk", __name__, url_prefix="/desk")
for file in (home, campaign, editor, preview, send, gifts, updates, report, widgets, steer):
    door.register_blueprint(file.page)
