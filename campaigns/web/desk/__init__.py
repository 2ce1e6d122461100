"""The organizer's desk: my campaigns, the editor, needs, gifts, pledges, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    appeal,
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
    webhooks,
    widgets,
)

door = Blueprint("desk", __name__, url_prefix="/desk")
for file in (
    appeal,
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
    webhooks,
    steer,
    roles,
    shifts,
    roll,
):
    door.register_blueprint(file.page)
