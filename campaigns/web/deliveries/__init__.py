"""What reached people, for those who record it and those who agree to it."""

from flask import Blueprint

from campaigns.web.deliveries import home, kinds, mend, record

door = Blueprint("deliveries", __name__, url_prefix="/deliveries")
for file in (home, kinds, record, mend):
    door.register_blueprint(file.page)
