"""Gateways as finance sees them: which are offered, which are not and why, and the button that tries again."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import HiddenField

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.forms import StaffForm
from campaigns.domain.accounts.access import COUNTRY, Where, may
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.payments.health import Pulse, offer_again, pulses
from campaigns.domain.payments.terminals import GatewayAccount, everyone
from campaigns.web.finance.labels import ERROR_LABELS, TERMINAL_LABELS
from campaigns.web.guards import must, needs
from campaigns.web.ways import HOUSE, WELL, gateway_label, is_usable, of_settings

page = Blueprint("gateways", __name__)
_ID = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Row:
    """One terminal: whose it is (None: the house), how it is, and whether this person may change that."""

    gateway: str
    account_id: int
    environment: str
    organization: Organization | None
    pulse: Pulse
    usable: bool
    mine: bool

    @property
    def state(self) -> str:
        if not self.usable:
            return "unusable"
        if self.pulse.out_until is None:
            return "stumbling" if self.pulse.failures else "well"
        return "out" if now() < self.pulse.out_until else "on_trial"


class AgainForm(StaffForm):
    gateway = HiddenField()
    account_id = HiddenField()


@page.get("/gateways")
@needs(Permission.SEE_MONEY)
def show() -> ResponseReturnValue:
    seen, rows = pulses(), []
    accounts = everyone()
    housed = {one.gateway for one in accounts if one.organization_id is None and _fits(one)}
    for name, gateway in of_settings().items():
        if name not in housed:
            pulse = seen.get((name, HOUSE), WELL)
            rows.append(Row(name, HOUSE, gateway.environment, None, pulse, True, _may(None)))
    for one in accounts:
        if may(current_user.id, Permission.SEE_MONEY, where_of(one.organization)) or not one.organization:
            rows.append(_row(one, seen.get((one.gateway, one.id), WELL)))
    return render_template(
        "finance/gateways.html",
        rows=rows,
        form=AgainForm(formdata=None),
        states=TERMINAL_LABELS,
        errors=ERROR_LABELS,
        label_of=gateway_label,
    )


@page.post("/gateways/again")
@needs(Permission.HANDLE_MONEY)
def again() -> ResponseReturnValue:
    """Offers a terminal that was taken out, at once."""
    form = AgainForm()
    if not form.validate():
        abort(400)
    if not _ID.fullmatch(form.account_id.data or ""):
        abort(404)
    account_id = int(form.account_id.data)
    account = db.session.get(GatewayAccount, account_id) if account_id else None
    if account_id and (account is None or account.gateway != form.gateway.data):
        abort(404)
    must(Permission.HANDLE_MONEY, where_of(account.organization if account else None))
    offer_again(form.gateway.data, account_id)
    db.session.commit()
    flash(_("It is offered again. The next gift will show whether it answers."), "ok")
    return redirect(url_for("finance.gateways.show"), 303)


def where_of(organization: Organization | None) -> Where:
    """Where the money of an organization is handled: its province, or the whole country."""
    province = organization.province_code if organization else None
    return Where(province_codes=frozenset({province})) if province else COUNTRY


def _row(account: GatewayAccount, pulse: Pulse) -> Row:
    return Row(
        account.gateway,
        account.id,
        account.environment,
        account.organization,
        pulse,
        is_usable(account.id),
        _may(account.organization),
    )


def _fits(account: GatewayAccount) -> bool:
    plain = of_settings().get(account.gateway)
    return plain is not None and plain.environment == account.environment


def _may(organization: Organization | None) -> bool:
    return may(current_user.id, Permission.HANDLE_MONEY, where_of(organization))
