"""Who may call a view. Every view declares exactly one policy; a view without one is refused.

@cacheable()                the same bytes for everyone, kept by caches; no session, no cookie
@public()                   anyone, not cached; no session, no cookie
@entrance()                 anyone; may begin or end a session (sign-in, reset)
@signed_in()                anyone who is signed in
@needs(Permission.X)        signed in and holding X somewhere; the view checks the very object with `must`

Inside, `recent=True` asks for the password or a code again when that was long ago (`web.proof`), and
`before_second=True` lets in people whose role demands a second step that they have not set up yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaigns.base.engine import reading
from campaigns.base.tokens import sign
from campaigns.domain.accounts.access import COUNTRY, Where, may, scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.factors.queries import is_demanded

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Access(StrEnum):
    CACHEABLE = "public, cacheable"
    PUBLIC = "public"
    ENTRANCE = "entrance"
    SIGNED_IN = "signed in"
    PERMISSION = "permission"


INSIDE = frozenset({Access.SIGNED_IN, Access.PERMISSION})


class CrossSite(Enum):
    """How strictly unsafe requests from elsewhere are refused (`web.crosssite`)."""

    PUBLIC = "refused when the browser says so; allowed without any signal (no session could be abused)"
    STRICT = "refused unless the browser says it is ours"
    EXEMPT = "not looked at: the request is never evidence of anything"


@dataclass(frozen=True)
class Policy:
    access: Access
    permission: Permission | None = None
    cross_site: CrossSite = CrossSite.STRICT
    writes_on_get: bool = False
    params: tuple[str, ...] = ()  # query parameters that change a cacheable page
    shared_seconds: int = 2
    stale_seconds: int = 30
    embeddable: bool = False  # may stand in other sites' frames
    prompt: bool = (
        False  # shows whether gifts are taken: caches in front hold it for one second, never longer
    )
    streamed: bool = False  # sent in pieces as it is made: kept by caches in front, never by ours
    recent: bool = False  # only for somebody who has proved a moment ago who they are
    before_second: bool = False  # also for somebody who must set up a second step before anything else
    # the address names the bytes: kept for good by everybody but our own cache; with `prompt`, they may be taken
    # back: browsers and caches in front ask each time whether they still hold
    immutable: bool = False
    dated: bool = False  # says of when its numbers are: the last good one stands in for a day

    @property
    def sessionless(self) -> bool:
        return self.access in {Access.CACHEABLE, Access.PUBLIC}


def cacheable(
    *,
    params: tuple[str, ...] = (),
    shared_seconds: int = 2,
    stale_seconds: int = 30,
    embeddable: bool = False,
    prompt: bool = False,
    streamed: bool = False,
    immutable: bool = False,
    dated: bool = False,
) -> Callable[[View], View]:
    return _declare(
        Policy(
            Access.CACHEABLE,
            cross_site=CrossSite.PUBLIC,
            params=params,
            shared_seconds=shared_seconds,
            stale_seconds=stale_seconds,
            embeddable=embeddable,
            prompt=prompt,
            streamed=streamed,
            immutable=immutable,
            dated=dated,
        )
    )


def public(
    *, cross_site: CrossSite = CrossSite.PUBLIC, writes_on_get: bool = False, embeddable: bool = False
) -> Callable[[View], View]:
    return _declare(
        Policy(Access.PUBLIC, cross_site=cross_site, writes_on_get=writes_on_get, embeddable=embeddable)
    )


def entrance() -> Callable[[View], View]:
    return _declare(Policy(Access.ENTRANCE))


def signed_in(*, recent: bool = False, before_second: bool = False) -> Callable[[View], View]:
    return _declare(Policy(Access.SIGNED_IN, recent=recent, before_second=before_second))


def needs(permission: Permission, *, recent: bool = False) -> Callable[[View], View]:
    return _declare(Policy(Access.PERMISSION, permission, recent=recent))


def must(permission: Permission, where: Where = COUNTRY) -> None:
    """404 unless the signed-in person holds `permission` at `where`: what you may not see does not exist."""
    if not may(current_user.id, permission, where):
        abort(404)


def policy_of(endpoint: str | None) -> Policy | None:
    """The declared policy of an endpoint of the current app, if any."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "policy", None)


def init_guards(app: Flask) -> None:
    app.before_request(_gate)
    app.teardown_request(lambda _error: reading.set(False))  # a thread goes on to other work


def _declare(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        if hasattr(view, "policy"):
            raise TypeError(f"{view.__name__} has two policies")
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def _gate() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: Flask answers 404
    policy = policy_of(request.endpoint)
    exempt = (
        policy is not None and policy.cross_site is CrossSite.EXEMPT
    )  # reads junk of every kind by itself
    if "\x00" in request.path or (not exempt and any("\x00" in value for value in request.args.values())):
        abort(404)  # no name of ours has one, and PostgreSQL refuses it in any text
    reading.set(request.method in SAFE_METHODS and not (policy and policy.writes_on_get))
    if policy is None:
        abort(404)
    if policy.access in INSIDE and not current_user.is_authenticated:
        return redirect(url_for("account.signin.show", next=way_back()))
    if policy.access in INSIDE and not policy.before_second and must_set_up():
        return redirect(url_for("account.factors.show"), 303)
    if policy.permission is not None and not scope_of(current_user.id, policy.permission):
        abort(404)
    return None


def must_set_up() -> bool:
    """Whether this person's role demands a second step that this sign-in did not take."""
    if not current_app.config["SETTINGS"].require_second_factor or session.get("second"):
        return False
    return is_demanded(current_user.id)


def way_back() -> str | None:
    """Where to go after signing in: signed, so that nobody can plant an address."""
    path = request.script_root + request.full_path if request.method == "GET" else None
    return sign("next", path.rstrip("?")) if path else None
