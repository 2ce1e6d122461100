"""Terminals of organizations: whose there are, setting one, taking it away, trying it with a session nobody pays."""

import secrets
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.codes import public_id
from campaigns.base.digits import to_ascii
from campaigns.base.extensions import db
from campaigns.base.fields import SecretField, required
from campaigns.base.forms import StaffForm
from campaigns.base.money import toman
from campaigns.domain.accounts.access import may, scope_of
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.accounts.queries import organization, organizations
from campaigns.domain.payments import health, terminal_proposals, terminals
from campaigns.domain.payments.contract import StartRequest
from campaigns.domain.payments.errors import ConfigError, GatewayError
from campaigns.gateways import PLUGS, build_terminal
from campaigns.web.finance.gateways import where_of
from campaigns.web.finance.labels import ERROR_LABELS
from campaigns.web.guards import must, needs
from campaigns.web.locale import language
from campaigns.web.render import absolute
from campaigns.web.ways import Way, gateway_label, of_settings, ways

page = Blueprint("terminals", __name__)
HOUSE = "house"
"""The owner in addresses for what belongs to no organization."""


class TerminalForm(StaffForm):
    terminal = SecretField(validators=[required("")], longest=100)


@page.get("/terminals")
@needs(Permission.HANDLE_MONEY)
def show() -> ResponseReturnValue:
    """Organizations within reach, each with its terminals."""
    own = {(one.organization_id, one.gateway): one for one in terminals.everyone()}
    owners: list[Organization | None] = [
        None,
        *organizations(scope_of(current_user.id, Permission.HANDLE_MONEY)),
    ]
    reached = [one for one in owners if may(current_user.id, Permission.HANDLE_MONEY, where_of(one))]
    names = list(of_settings())
    values = {"owners": reached, "gateways": names, "own": own, "house": HOUSE, "label_of": gateway_label}
    return render_template("finance/terminals.html", **values)


@page.get("/terminals/<owner>/<gateway>")
@needs(Permission.HANDLE_MONEY, recent=True)
def edit(owner: str, gateway: str) -> ResponseReturnValue:
    return _page(_owner(owner, gateway), gateway, TerminalForm(formdata=None))


@page.post("/terminals/<owner>/<gateway>")
@needs(Permission.HANDLE_MONEY, recent=True)
def save(owner: str, gateway: str) -> ResponseReturnValue:
    whose = _owner(owner, gateway)
    form = TerminalForm()
    values = {PLUGS[gateway].terminal: to_ascii(form.terminal.data or "").strip()}
    if form.validate() and not _is_taken(gateway, values):
        form.terminal.errors = [_("This is no number of a terminal there. Look at it once more.")]
    if form.problems():
        return _page(whose, gateway, form), 422
    if not _keep(whose, gateway, values):
        db.session.rollback()
        form.terminal.errors = [
            _("Somebody else has typed another one. Compare it with the paper, both of you.")
        ]
        return _page(whose, gateway, form), 422
    db.session.commit()
    return redirect(url_for("finance.terminals.edit", owner=owner, gateway=gateway), 303)


@page.post("/terminals/<owner>/<gateway>/drop")
@needs(Permission.HANDLE_MONEY, recent=True)
def drop(owner: str, gateway: str) -> ResponseReturnValue:
    """What waits for a second person is forgotten; gifts go on as before."""
    whose = _owner(owner, gateway)
    if not StaffForm().validate():
        abort(400)
    place = of_settings()[gateway].environment
    terminal_proposals.drop(whose.id if whose else None, gateway, place, current_user.id)
    db.session.commit()
    flash(_("It is forgotten. Gifts go on as before."), "ok")
    return redirect(url_for("finance.terminals.edit", owner=owner, gateway=gateway), 303)


@page.post("/terminals/<owner>/<gateway>/remove")
@needs(Permission.HANDLE_MONEY, recent=True)
def remove(owner: str, gateway: str) -> ResponseReturnValue:
    whose = _owner(owner, gateway)
    if not StaffForm().validate():
        abort(400)
    place = of_settings()[gateway].environment
    terminals.retire(whose.id if whose else None, gateway, place, current_user.id)
    db.session.commit()
    flash(_("It is taken away. Payments that are on their way are still settled with it."), "ok")
    return redirect(url_for("finance.terminals.edit", owner=owner, gateway=gateway), 303)


@page.post("/terminals/<owner>/<gateway>/try")
@needs(Permission.HANDLE_MONEY)
def trial(owner: str, gateway: str) -> ResponseReturnValue:
    """Opens the smallest session there is, and tells what the gateway said. Nobody is sent there to pay it."""
    whose = _owner(owner, gateway)
    if not StaffForm().validate():
        abort(400)
    way = next((way for way in ways(whose.id if whose else None) if way.name == gateway), None)
    if way is None:
        flash(_("The terminal cannot be read with the present keys. Set it anew."), "err")
    else:
        db.session.commit()  # no transaction stays open while the gateway is asked
        _try(way)
    return redirect(url_for("finance.terminals.edit", owner=owner, gateway=gateway), 303)


def _keep(whose: Organization | None, gateway: str, values: dict[str, str]) -> bool:
    """Keeps what the first of two has typed, or uses it once the second has typed the same; False: they differ."""
    about = (whose.id if whose else None, gateway, of_settings()[gateway].environment)
    first = terminal_proposals.waiting(*about)
    if first is None or first.proposed_by_id == current_user.id:
        terminal_proposals.propose(*about, values, current_user.id)
        flash(_("It is kept, sealed. Once another person has typed the same, new gifts go through it."), "ok")
        return True
    if terminal_proposals.confirm(first, values, current_user.id) is None:
        return False
    flash(_("It is kept, sealed, and shown to nobody again. New gifts go through it from now on."), "ok")
    return True


def _try(way: Way) -> None:
    """Says what came of it. Commits."""
    rials = way.gateway.capabilities().min_rials
    name = public_id()
    request = StartRequest(
        attempt_id=name,
        numeric_ref=secrets.randbelow(10**14) + 10**14,
        rials=rials,
        description=_("Trial of the gateway"),
        callback_url=absolute(url_for("give.callback.back", gateway=way.name, public_id=name)),
        idempotency_key=f"trial:{name}",
    )
    try:
        begun = way.gateway.start(request)
    except GatewayError as error:
        health.failed(way.name, way.account_id, error)
        words = ERROR_LABELS.get(type(error).__name__, ERROR_LABELS[""])
        flash(_("No session was opened. %(words)s (%(said)s)", words=words, said=str(error)[:200]), "err")
    else:
        health.worked(way.name, way.account_id)
        amount = toman(rials, language().code)
        flash(
            _(
                "A session of %(amount)s was opened: %(ref)s. Nobody pays it; it lapses by itself.",
                amount=amount,
                ref=begun.gateway_ref,
            ),
            "ok",
        )
    db.session.commit()


def _is_taken(gateway: str, values: dict[str, str]) -> bool:
    """Whether the adapter takes this terminal, in the environment of this house."""
    try:
        return bool(build_terminal(gateway, current_app.config["SETTINGS"], values))
    except ConfigError:
        return False


def _owner(owner: str, gateway: str) -> Organization | None:
    """Whose terminal it is about, if this person may handle their money; else 404."""
    found = None if owner == HOUSE else organization(owner)
    if (found is None and owner != HOUSE) or gateway not in of_settings() or gateway not in PLUGS:
        abort(404)
    must(Permission.HANDLE_MONEY, where_of(found))
    return found


def _page(whose: Organization | None, gateway: str, form: TerminalForm) -> str:
    plug = PLUGS[gateway]
    form.terminal.label.text, form.terminal.description = plug.terminal_label, plug.terminal_hint
    place = of_settings()[gateway].environment
    values: dict[str, Any] = {
        "owner": whose.slug if whose else HOUSE,
        "organization": whose,
        "gateway": gateway,
        "label": gateway_label(gateway),
        "environment": place,
        "account": terminals.present(whose.id if whose else None, gateway, place),
        "first": terminal_proposals.waiting(whose.id if whose else None, gateway, place),
        "me": current_user.id,
    }
    return render_template("finance/terminal.html", form=form, **values)
