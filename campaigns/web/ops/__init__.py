"""Addresses for machines: health probes, search engines, browsers looking for an icon."""

from flask import Blueprint

from campaigns.web.ops import health, icons, robots

door = Blueprint("ops", __name__)
for file in (health, robots, icons):
    door.register_blueprint(file.page)
