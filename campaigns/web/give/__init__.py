"""Giving: money with its check, the hop to the bank, the way back and the receipt; goods with their promise."""

from flask import Blueprint

from campaigns.web.give import (
    callback,
    contract,
    goods,
    hop,
    mandate,
    mydata,
    promise,
    receipt,
    reminder,
    start,
    transfer,
)

door = Blueprint("give", __name__)
for file in (start, hop, callback, receipt, transfer, reminder, contract, mandate, goods, promise, mydata):
    door.register_blueprint(file.page)
