"""The door of those who manage people: bringing them in, giving roles and taking them away, shutting accounts."""

from flask import Blueprint

from campaigns.web.people import account, correct, erasures, home, invite, person, roles, secondstep

door = Blueprint("people", __name__, url_prefix="/people")
for file in (home, invite, erasures, person, correct, roles, account, secondstep):
    door.register_blueprint(file.page)
