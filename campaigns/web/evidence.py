"""Pictures we have painted, as answers: nothing in them is opened."""

from flask import Response, abort, current_app

from campaigns.config import Settings
from campaigns.domain.deliveries.evidence import data_of
from campaigns.domain.deliveries.models import Delivery
from campaigns.web.strangers import answer


def evidence_of(delivery: Delivery | None) -> Response:
    """404 where there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    data = data_of(delivery, settings.data_dir) if delivery is not None else None
    return picture_of(data, f"delivery-{delivery.id if delivery else 0}.jpg")


def picture_of(data: bytes | None, name: str) -> Response:
    """404 where the file is gone."""
    if data is None:
        abort(404)
    return answer(data, "image", name)
