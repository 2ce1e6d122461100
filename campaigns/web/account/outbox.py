"""The practice outbox: letters that a real site would send. In production this address does not exist."""

from flask import render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from campaigns.domain.notices.queries import outbox
from campaigns.web.guards import public


@public()
def show() -> ResponseReturnValue:
    return render_template("account/outbox.html", letters=outbox())


def open_in_practice(state: BlueprintSetupState) -> None:
    """Adds the address to an app that does not serve the public."""
    if not state.app.config["SETTINGS"].production:
        state.add_url_rule("/outbox", "outbox", show)
