"""The organizer's desk: my campaigns, the editor, needs, gifts, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    campaign,
    editor,
    gifts,
    home,
    needfile,
    needline,
    needs,
    preview,
    send,
    steer,
    updates,
    widgets,
)

door = Blueprint("desk", __name__, url_prefix="/desk")
for file in (
    home,
    campaign,
    editor,
    needs,
    needfile,
    needline,
    preview,
    send,
    gifts,
    updates,
    widgets,
    steer,
):
    door.register_blueprint(file.page)
