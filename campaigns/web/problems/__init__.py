"""The door of those who have seen that something is wrong: reporting it, and how their case stands."""

from flask import Blueprint

from campaigns.web.problems import case, report, start

door = Blueprint("problems", __name__)
for file in (start, report, case):
    door.register_blueprint(file.page)
