"""Pools of sponsors that double gifts: proposed by one person, opened by another once the money is there."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from campaigns.base.extensions import csrf, db
from campaigns.base.sheba import parse_sheba
from campaigns.domain.accounts.access import held, may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.matching.models import MatchPool
from campaigns.domain.matching.pools import NoLonger, SamePerson, open_pool, propose, refuse
from campaigns.domain.matching.queries import all_pools
from campaigns.web.finance.fundforms import PaidForm
from campaigns.web.finance.poolforms import PoolForm
from campaigns.web.finance.poolpage import STATE_LABELS, pool_page, reached, where
from campaigns.web.guards import needs
from campaigns.web.locale import language

page = Blueprint("pools", __name__)


@page.get("/pools")
@needs(Permission.SEE_MONEY)
def index() -> ResponseReturnValue:
    pools = [pool for pool in all_pools() if may(current_user.id, Permission.SEE_MONEY, where(pool))]
    ids = sorted({pool.campaign_id for pool in pools if pool.campaign_id is not None})
    return render_template(
        "finance/pools.html",
        pools=pools,
        cards=cards_of(ids, language().code),
        states=STATE_LABELS,
        may_propose=Permission.HANDLE_MONEY in held(current_user.id),
    )


@page.get("/pools/new")
@needs(Permission.HANDLE_MONEY)
def plan() -> ResponseReturnValue:
    return render_template("finance/new_pool.html", form=PoolForm(data={"position": 1}))


@page.post("/pools/new")
@needs(Permission.HANDLE_MONEY)
def offer() -> ResponseReturnValue:
    form = PoolForm()
    if not form.validate():
        return render_template("finance/new_pool.html", form=form), 422
    pool = propose(form.offer(), current_user)
    pool_id = pool.public_id
    db.session.commit()
    flash(_("The pool waits for a second person. No gift is doubled before that."), "ok")
    return redirect(url_for("finance.pools.show", public_id=pool_id), 303)


@page.get("/pools/<public_id>")
@needs(Permission.SEE_MONEY)
def show(public_id: str) -> ResponseReturnValue:
    return pool_page(reached(public_id, Permission.SEE_MONEY))


@page.post("/pools/<public_id>/open")
@needs(Permission.HANDLE_MONEY)
def approve(public_id: str) -> ResponseReturnValue:
    pool, form = reached(public_id, Permission.HANDLE_MONEY), PaidForm()
    if not form.validate():
        return pool_page(pool, form), 422
    sheba, reference = parse_sheba(form.bank_account.data) or "", form.bank_reference.data
    done = _("The pool is open. Gifts from now on are doubled.")
    return _step(pool, lambda: open_pool(pool, current_user, sheba, reference), done)


@page.post("/pools/<public_id>/refuse")
@needs(Permission.HANDLE_MONEY)
def turn_down(public_id: str) -> ResponseReturnValue:
    csrf.protect()
    pool = reached(public_id, Permission.HANDLE_MONEY)
    return _step(pool, lambda: refuse(pool, current_user), _("Refused. No gift is doubled."))


def _step(pool: MatchPool, act: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        act()
    except SamePerson:
        return _refused(pool, _("You proposed this pool: somebody else decides on it."))
    except NoLonger:
        return _refused(pool, _("Somebody else was first: look at what has become of it."))
    db.session.commit()
    flash(done, "ok")
    return redirect(url_for("finance.pools.show", public_id=pool.public_id), 303)


def _refused(pool: MatchPool, problem: str) -> ResponseReturnValue:
    db.session.rollback()
    return pool_page(pool, problem=problem), 422
