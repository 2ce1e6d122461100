"""The moderation backend: one queue, one address per item."""

from flask import Blueprint

from campaigns.web.review import bulk, evidence, freeze, item, log, partners, problem, queue

door = Blueprint("review", __name__, url_prefix="/mod")
for file in (queue, freeze, item, bulk, log, partners, evidence, problem):
    door.register_blueprint(file.page)
