"""The roof: makes the app. Knows everyone, decides nothing."""

from flask import Flask
from flask_login import LoginManager
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from campaigns import cli
from campaigns.base import engine
from campaigns.base.extensions import csrf, db, migrate
from campaigns.config import ROOT, Settings, from_environment
from campaigns.domain import tables
from campaigns.domain.accounts.queries import present
from campaigns.domain.moderation import arrivals
from campaigns.gateways import build_gateways
from campaigns.senders import build_sender
from campaigns.web import doors
from campaigns.web.acting import init_acting
from campaigns.web.compress import init_compress
from campaigns.web.crosssite import init_crosssite
from campaigns.web.drawings import init_drawings
from campaigns.web.errors import init_errors
from campaigns.web.filters import init_filters
from campaigns.web.guards import init_guards
from campaigns.web.headers import init_headers, static_headers
from campaigns.web.locale import init_locale
from campaigns.web.pagecache import init_pagecache
from campaigns.web.proof import init_proof
from campaigns.web.rawquery import init_rawquery
from campaigns.web.render import init_render
from campaigns.web.requestlog import init_file_lines, init_requestlog
from campaigns.web.sessions import TableSessions
from campaigns.web.templating import QuickEnvironment, init_templating

A_YEAR = 365 * 24 * 3600


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI app. Raises `config.BadSettings` for settings that must not serve the public."""
    settings = settings or from_environment()
    app = Flask("campaigns", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(_flask_settings(settings))
    app.session_interface = TableSessions()
    app.jinja_environment = QuickEnvironment
    app.jinja_options = {"cache_size": -1}  # there are more templates than Jinja keeps of itself
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _bind(app)
    for init in (
        init_requestlog,
        init_guards,
        init_acting,
        init_crosssite,
        init_proof,
        init_headers,
        init_filters,
        init_render,
        init_templating,
        init_drawings,
        init_compress,
        init_errors,
    ):
        init(app)
    app.extensions["gateways"] = build_gateways(settings)
    app.extensions["sender"] = build_sender(settings)
    arrivals.keep_up()
    doors.register(app)
    cli.register(app)
    init_locale(app)
    init_rawquery(app)
    _serve_files(app, settings)
    init_pagecache(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine.engine_options(
            settings.database_url, prepared=settings.database_prepared
        ),
        "TRANSLATIONS": str(ROOT / "translations"),
        "TRUSTED_HOSTS": list(settings.hosts),
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 200 * 1024,
        "MAX_FORM_PARTS": 400,
        "WTF_CSRF_CHECK_DEFAULT": False,  # signed-in forms carry the token; public pages have no session
        "WTF_CSRF_TIME_LIMIT": None,
        "DEBUG": settings.debug,
    }


def _bind(app: Flask) -> None:
    db.init_app(app)
    csrf.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        engine.prepare(db.engine)
    app.extensions["tables"] = tables.ROOMS
    _bind_login(app)


def _bind_login(app: Flask) -> None:
    """Flask-Login, kept off public pages: its after_request would put `Vary: Cookie` on each of them."""
    login = LoginManager()
    login.init_app(app, add_context_processor=False)
    app.after_request_funcs[None].remove(login._update_remember_cookie)
    login.user_loader(lambda user_id: present(int(user_id)))


def _serve_files(app: Flask, settings: Settings) -> None:
    """What was built of stylesheets, scripts and fonts; nothing where it was not built."""
    build = ROOT / "static" / "build"
    if build.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=build,
            prefix="static/",
            max_age=A_YEAR,
            immutable_file_test=_always,
            add_headers_function=static_headers(settings),
        )
        init_file_lines(app)


def _always(_path: str, _url: str) -> bool:
    return True
