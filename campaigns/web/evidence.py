"""The picture of a delivery as an answer: of ours alone, and nothing in it is opened."""

from flask import Response, abort, current_app

from campaigns.config import Settings
from campaigns.domain.deliveries.evidence import data_of
from campaigns.domain.deliveries.models import Delivery


def evidence_of(delivery: Delivery | None) -> Response:
    """404 where there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    data = data_of(delivery, settings.data_dir) if delivery is not None else None
    if delivery is None or data is None:
        abort(404)
    answer = Response(data, mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = f'inline; filename="delivery-{delivery.id}.jpg"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
