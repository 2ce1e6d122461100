"""Money for people of the house: what does not fit, what waits, what was settled."""

from flask import Blueprint

from campaigns.web.finance import home, item, items, refund, refunds

door = Blueprint("finance", __name__, url_prefix="/finance")
for file in (home, items, item, refunds, refund):
    door.register_blueprint(file.page)
