"""Somebody comes in without the form: their password is not what the test is about."""

import contextvars
from http.cookies import SimpleCookie

from flask import Flask, session
from flask.testing import FlaskClient

from campaigns.base.extensions import db
from campaigns.domain.accounts.queries import present
from campaigns.web.account.entering import let_in
from campaigns.web.sessions import cookie_name


def come_in(app: Flask, client: FlaskClient, user_id: int) -> None:
    """What the sign-in form does once the password was right, by the same functions, without hashing it again.

    Somebody with a second step comes in by the form.
    """
    db.session.commit()
    contextvars.Context().run(_come_in, app, client, user_id)


def _come_in(app: Flask, client: FlaskClient, user_id: int) -> None:
    with app.test_request_context("/sign-in", method="POST", environ_base=client.environ_base):
        user = present(user_id)
        assert user is not None, "nobody, or disabled"
        let_in(user, with_second=False)
        db.session.commit()
        answer = app.make_response("")
        app.session_interface.save_session(app, session, answer)
    name = cookie_name(app)
    client.set_cookie(name, SimpleCookie(answer.headers["Set-Cookie"])[name].value)
