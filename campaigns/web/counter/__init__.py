"""The counter of an office: gifts in cash and by card reader, receipts, the end of the day."""

from flask import Blueprint

from campaigns.web.counter import day, gift, home, receipt

door = Blueprint("counter", __name__, url_prefix="/counter")
for file in (home, gift, receipt, day):
    door.register_blueprint(file.page)
