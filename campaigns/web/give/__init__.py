"""Giving money: check and details, the hop to the bank, the way back, the receipt."""

from flask import Blueprint

from campaigns.web.give import callback, contract, hop, mandate, receipt, reminder, start, transfer

door = Blueprint("give", __name__)
for file in (start, hop, callback, receipt, transfer, reminder, contract, mandate):
    door.register_blueprint(file.page)
