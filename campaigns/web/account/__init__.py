"""The door of people with an account: signing in and out, passwords, my account; the practice outbox."""

from flask import Blueprint

from campaigns.web.account import details, me, mydata, outbox, password, reset, signin, signout

door = Blueprint("account", __name__)
for file in (signin, signout, me, details, password, reset, mydata):
    door.register_blueprint(file.page)
door.record(outbox.open_in_practice)
