"""The moderation backend: one queue, one address per item."""

from flask import Blueprint

from campaigns.web.review import bulk, claims, evidence, figures, item, log, partners, queue, reasons, recent

door = Blueprint("review", __name__, url_prefix="/mod")
for file in (queue, claims, item, bulk, recent, log, figures, reasons, partners, evidence):
    door.register_blueprint(file.page)
