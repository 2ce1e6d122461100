"""Pictures we have painted, as answers: nothing in them is opened."""

from flask import Response, abort, current_app

from campaigns.config import Settings
from campaigns.domain.deliveries.evidence import data_of
from campaigns.domain.deliveries.models import Delivery


def evidence_of(delivery: Delivery | None) -> Response:
    """404 where there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    data = data_of(delivery, settings.data_dir) if delivery is not None else None
    return picture_of(data, f"delivery-{delivery.id if delivery else 0}.jpg")


def picture_of(data: bytes | None, name: str) -> Response:
    """404 where the file is gone."""
    if data is None:
        abort(404)
    answer = Response(data, mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
