"""The moderation backend: one queue, one address per item."""

from flask import Blueprint

from campaigns.web.review import bulk, evidence, item, log, partners, queue

door = Blueprint("review", __name__, url_prefix="/mod")
for file in (queue, item, bulk, log, partners, evidence):
    door.register_blueprint(file.page)
