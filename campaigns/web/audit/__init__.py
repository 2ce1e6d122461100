"""The door of auditors and administrators: who did what, when, to what."""

from flask import Blueprint

from campaigns.web.audit import exports, home, timeline

door = Blueprint("audit", __name__, url_prefix="/audit")
for file in (home, exports, timeline):
    door.register_blueprint(file.page)
