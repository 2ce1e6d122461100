"""The organizer's desk: my campaigns, the editor, gifts, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    campaign,
    editor,
    gifts,
    home,
    preview,
    roles,
    roll,
    send,
    shifts,
    steer,
    updates,
    widgets,
)

door = Blueprint("desk", __name__, url_prefix="/desk")
for file in (home, campaign, editor, preview, send, gifts, updates, widgets, steer, roles, shifts, roll):
    door.register_blueprint(file.page)
