"""The door of people with an account: signing in and out, passwords, my account; the practice outbox."""

from flask import Blueprint

from campaigns.web.account import details, me, outbox, password, reset, signin, signout, teams

door = Blueprint("account", __name__)
for file in (signin, signout, me, details, password, reset, teams):
    door.register_blueprint(file.page)
door.record(outbox.open_in_practice)
