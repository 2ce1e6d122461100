"""The organizer's desk: my campaigns, the editor, needs, gifts, pledges, updates, widgets."""

from flask import Blueprint

from campaigns.web.desk import (
    campaign,
    editor,
    figures,
    gifts,
    goodsterms,
    home,
    messages,
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
    sources,
    steer,
    team,
    thanks,
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
    figures,
    sources,
    team,
    pledges,
    goodsterms,
    updates,
    messages,
    thanks,
    report,
    widgets,
    steer,
    roles,
    shifts,
    roll,
):
    door.register_blueprint(file.page)
