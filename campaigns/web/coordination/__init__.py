"""The door of coordinators: verifying volunteers, matching them, calling for many at once, the specialities."""

from flask import Blueprint

from campaigns.web.coordination import exports, home, match, person, requests, specialities, surges

door = Blueprint("coordination", __name__, url_prefix="/coordination")
for file in (home, match, requests, specialities, surges, exports, person):
    door.register_blueprint(file.page)
