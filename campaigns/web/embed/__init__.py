"""What stands in other sites' pages: no script, no cookie, and the only place frames of others may show."""

from flask import Blueprint

from campaigns.web.embed import colours, image, places, widget

door = Blueprint("embed", __name__, url_prefix="/e")
for file in (colours, widget, image, places):
    door.register_blueprint(file.page)
