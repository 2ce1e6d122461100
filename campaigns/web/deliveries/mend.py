"""Correcting what is counted in public: by a new record that says why, never by changing the old one."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from campaigns.domain.deliveries.models import Delivery
from campaigns.domain.deliveries.states import State
from campaigns.web.deliveries import reach
from campaigns.web.deliveries.forms import MendForm
from campaigns.web.deliveries.reach import RECORDS
from campaigns.web.deliveries.record import MOST_SENT, form_page, offered, take
from campaigns.web.guards import needs

page = Blueprint("mend", __name__)


@page.get("/<public_id>/correct")
@needs(RECORDS)
def show(public_id: str) -> ResponseReturnValue:
    delivery = _counted(public_id)
    form = MendForm()
    offered(delivery.campaign, form)
    form.filled_from(delivery)
    return form_page(delivery.campaign, form, delivery)


@page.post("/<public_id>/correct")
@needs(RECORDS)
def mend(public_id: str) -> ResponseReturnValue:
    request.max_content_length = MOST_SENT
    delivery = _counted(public_id)
    return take(delivery.campaign, offered(delivery.campaign, MendForm()), delivery)


def _counted(public_id: str) -> Delivery:
    delivery = reach.one(public_id)
    return delivery if delivery.state == State.SHOWN else abort(404)
