"""The organizer's desk: my campaigns, the editor, needs, gifts, pledges, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    blockpapers,
    blockpictures,
    blocks,
    campaign,
    editor,
    gifts,
    goodsterms,
    home,
    needfile,
    needline,
    needs,
    pledges,
    preview,
    report,
    roles,
    roll,
    send,
    shifts,
    steer,
    updates,
    widgets,
)

door = Blueprint("desk", __name__, url_prefix="/desk")
for file in (
    home,
    campaign,
    editor,
    blocks,
    blockpictures,
    blockpapers,
    needs,
    needfile,
    needline,
    preview,
    send,
    gifts,
    pledges,
    goodsterms,
    updates,
    report,
    widgets,
    steer,
    roles,
    shifts,
    roll,
):
    door.register_blueprint(file.page)
