"""The moderation backend: one queue, one address per item."""

from flask import Blueprint

from campaigns.web.review import (
    bulk,
    claims,
    consent,
    evidence,
    figures,
    freeze,
    item,
    log,
    partners,
    problem,
    queue,
    reasons,
    recent,
)

door = Blueprint("review", __name__, url_prefix="/mod")
for file in (
    queue,
    claims,
    freeze,
    consent,
    item,
    bulk,
    recent,
    log,
    figures,
    reasons,
    partners,
    evidence,
    problem,
):
    door.register_blueprint(file.page)
