"""The language is in the address: Persian has no prefix, others have one (`/en/…`).

The prefix moves into SCRIPT_NAME, as if the site were mounted there: every `url_for` keeps the language by itself.
"""

from collections.abc import Callable, Iterable
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import get_domain, get_locale

from campaigns.base.extensions import babel
from campaigns.base.languages import DEFAULT, LANGUAGES, Language

KEY = "pooyesh.language"
LOCALES = {code: Locale.parse(code) for code in LANGUAGES}  # parsed once: every request asks
WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class LanguagePrefix:
    """WSGI: `/en/c/x` becomes SCRIPT_NAME `/en`, PATH_INFO `/c/x`."""

    def __init__(self, app: WsgiApp) -> None:
        self.app = app
        self.prefixed = {code: item for code, item in LANGUAGES.items() if item.prefix}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in self.prefixed:
            environ[KEY] = first
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        return self.app(environ, start_response)


def without_prefix(path: str) -> str:
    """The path the routes know: `/en/c/x` is `/c/x`."""
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if any(item.prefix == first for item in LANGUAGES.values() if item.prefix) else path


def language() -> Language:
    """The language of the page being made, or of the letter being written (`force_locale`)."""
    locale = get_locale()
    return LANGUAGES.get(locale.language if locale else DEFAULT, LANGUAGES[DEFAULT])


def switch_urls() -> dict[str, str]:
    """This page's path in every language, by code."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return {
        code: f"{f'/{item.prefix}' if item.prefix else ''}{request.path}{query}"
        for code, item in LANGUAGES.items()
    }


def init_locale(app: Flask) -> None:
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_translation_directories=app.config["TRANSLATIONS"],
        default_timezone="Asia/Tehran",
        locale_selector=lambda: LOCALES[
            request.environ.get(KEY, DEFAULT) if has_request_context() else DEFAULT
        ],
    )
    _quicken(app)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.before_request(_remember)


def _quicken(app: Flask) -> None:
    """Templates keep each language's catalogue at hand: Flask-Babel looks it up for every word, a hundred a page."""
    kept: dict[str, Translations] = {}

    def catalogue() -> Translations:
        code = str((get_locale() or LOCALES[DEFAULT]).language)
        if code not in kept:
            kept[code] = get_domain().get_translations()
        return kept[code]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda word: catalogue().ugettext(word),
        lambda one, many, number: catalogue().ungettext(one, many, number),
        newstyle=True,
    )


def _remember() -> None:
    g.language = language()
