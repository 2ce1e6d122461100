"""Server-side sessions for people who sign in; nobody else has one.

The cookie holds a random id, the table its hash. A session is read at its first use and only by views whose
policy allows it: a public page that touched one would stop being the same for everyone, so that raises.
"""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError

from campaigns.base.agents import family
from campaigns.base.clock import now
from campaigns.base.engine import reading
from campaigns.base.extensions import db
from campaigns.domain.accounts.models import LoginSession
from campaigns.domain.accounts.throttle import network_of
from campaigns.web.guards import SAFE_METHODS, policy_of

HALF_USER = "half_user"
"""In a session: whose password was right, while the second step is still to come."""
TOUCHED = timedelta(minutes=15)
"""How exactly it is known when somebody last did something."""


class NoSession(RuntimeError):
    """A sessionless view asked for the session."""


class ServerSession(SessionMixin):
    """The session of one request, read from the table when first used."""

    def __init__(self, cookie: str | None) -> None:
        self.cookie = cookie
        self.left_cookie: str | None = None
        self.seen_at: datetime | None = None
        self.modified = False
        self._data: dict[str, Any] | None = None

    def _load(self) -> dict[str, Any]:
        policy = policy_of(request.endpoint)
        if policy is None or policy.sessionless:
            raise NoSession(f"{request.endpoint} is declared sessionless")
        if self._data is None:
            row = _row(self.cookie)
            self._data = dict(row.data) if row else {}
            self.seen_at = row.seen_at if row else None
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self._load()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._load()[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._load()[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    @property
    def used(self) -> bool:
        return self._data is not None

    @property
    def id_hash(self) -> str:
        """What the table knows it by; empty while it has no id yet."""
        return _hash(self.cookie) if self.cookie else ""

    def renew(self) -> None:
        """A new id for the same contents: on sign-in, so that an id planted before is worth nothing."""
        self._load()
        self.left_cookie = self.left_cookie or self.cookie
        self.cookie, self.modified = None, True


class TableSessions(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> ServerSession:
        return ServerSession(request.cookies.get(cookie_name(app)))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, ServerSession) or not session.used:
            return
        response.headers["Cache-Control"] = "private, no-store"
        if session.modified or _is_worth_noting(session):
            db.session.rollback()  # what the view did not commit must not be committed here
            reading.set(False)
            try:
                self._save(app, session, response)
                db.session.commit()
            except OperationalError:  # locked for too long
                db.session.rollback()
                if session.modified and request.method not in SAFE_METHODS:
                    raise
                current_app.logger.error(
                    "a session was not noted"
                )  # a message is shown twice; no page is lost

    def _save(self, app: Flask, session: ServerSession, response: Response) -> None:
        end_session(session.left_cookie)
        user_id = session.get("_user_id") or session.get(HALF_USER)
        if user_id is None:
            end_session(session.cookie)
            if session.cookie:
                response.delete_cookie(cookie_name(app), secure=_secure(app), httponly=True, samesite="Lax")
        else:
            self._store(app, session, int(user_id), response)

    def _store(self, app: Flask, session: ServerSession, user_id: int, response: Response) -> None:
        kept = _row(session.cookie)
        if kept is None and session.cookie is not None:
            return  # ended meanwhile, by a new password for instance: it must not come back
        if kept is None:
            cookie = secrets.token_urlsafe(32)
            kept = LoginSession(
                id_hash=_hash(cookie),
                user_id=user_id,
                address=network_of(request.remote_addr or ""),
                agent=agent_of(request),
            )
            db.session.add(kept)
            response.set_cookie(
                cookie_name(app), cookie, secure=_secure(app), httponly=True, samesite="Lax", path="/"
            )
        kept.user_id, kept.data, kept.seen_at = user_id, dict(session), now()
        kept.is_whole = "_user_id" in session


def agent_of(asked: Request) -> str:
    """The family of the browser and its system, as sessions keep it: `Firefox|Android`."""
    return "|".join(family(str(asked.user_agent)))


def cookie_name(app: Flask) -> str:
    return "__Host-pooyesh" if _secure(app) else "pooyesh"


def end_session(cookie: str | None) -> None:
    """Ends one session; does nothing for an unknown id. Does not commit."""
    if cookie:
        db.session.execute(delete(LoginSession).where(LoginSession.id_hash == _hash(cookie)))


def _secure(app: Flask) -> bool:
    return bool(app.config["SETTINGS"].secure)


def _is_worth_noting(session: ServerSession) -> bool:
    """Whether somebody did something (looking never writes) later than the table knows."""
    is_doing = request.method not in SAFE_METHODS
    return is_doing and session.seen_at is not None and now() - session.seen_at > TOUCHED


def _row(cookie: str | None) -> LoginSession | None:
    if not cookie:
        return None
    youngest = now() - timedelta(hours=current_app.config["SETTINGS"].session_hours)
    return db.session.scalar(
        select(LoginSession).where(LoginSession.id_hash == _hash(cookie), LoginSession.created_at > youngest)
    )


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
