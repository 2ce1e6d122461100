"""The door of those who take shifts: a campaign's roles, signing up, one's own page, certificates of thanks."""

from flask import Blueprint

from campaigns.web.shifts import certificate, find, roles, status, vow

door = Blueprint("shifts", __name__)
for file in (roles, find, status, vow, certificate):
    door.register_blueprint(file.page)
