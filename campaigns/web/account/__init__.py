"""The door of people with an account: signing in and out, second steps, passwords, my account, my sessions; the
practice outbox.
"""

from flask import Blueprint

from campaigns.web.account import (
    details,
    factors,
    me,
    mydata,
    outbox,
    passkeys,
    password,
    proof,
    reset,
    second,
    sessions,
    signin,
    signout,
    teams,
)

door = Blueprint("account", __name__)
for file in (
    signin,
    second,
    signout,
    me,
    details,
    password,
    reset,
    factors,
    passkeys,
    proof,
    sessions,
    mydata,
    teams,
):
    door.register_blueprint(file.page)
door.record(outbox.open_in_practice)
