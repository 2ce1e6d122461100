"""The organizer's desk: my campaigns, the editor, needs, gifts, pledges, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    campaign,
    cloning,
    editor,
    gifts,
    goodsterms,
    home,
    needfile,
    needline,
    needs,
    pledges,
    preview,
    proposals,
    provinces,
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
    needs,
    needfile,
    needline,
    preview,
    provinces,
    cloning,
    proposals,
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
