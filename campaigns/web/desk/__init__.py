"""The organizer's desk: my campaigns, the editor, needs, gifts, pledges, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    campaign,
    draftlinks,
    editor,
    gifts,
    goodsterms,
    history,
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
    history,
    draftlinks,
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
