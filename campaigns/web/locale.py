"""The language is in the address: Persian has no prefix, others have one (`/en/…`).

The prefix moves into SCRIPT_NAME, as if the site were mounted there: every `url_for` keeps the language by itself.
"""

from collections.abc import Callable, Iterable
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import get_domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

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
    try:
        code = g._flask_babel.babel_locale.language  # what `get_locale` keeps: a page asks two hundred times
    except (AttributeError, RuntimeError):
        locale = get_locale()
        code = locale.language if locale else DEFAULT
    return LANGUAGES.get(code, LANGUAGES[DEFAULT])


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
    """Templates keep what they say in each language at hand: Flask-Babel and Jinja look each word up through six
    calls, a hundred words a page.
    """
    catalogues: dict[str, Translations] = {}
    said: dict[tuple[str, str], str] = {}  # of the words without values: as many as the templates have

    def catalogue() -> Translations:
        code = language().code
        if code not in catalogues:
            catalogues[code] = get_domain().get_translations()
        return catalogues[code]

    @pass_eval_context
    def gettext(context: EvalContext, word: str, **values: object) -> str:
        if values or not context.autoescape:
            return _filled(context, catalogue().ugettext(word), values)
        key = (language().code, word)
        if key not in said:
            said[key] = _filled(context, catalogue().ugettext(word), values)
        return said[key]

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, number: int, **values: object) -> str:
        return _filled(context, catalogue().ungettext(one, many, number), {"num": number} | values)

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]


def _filled(context: EvalContext, text: str, values: dict[str, object]) -> str:
    """As Jinja's newstyle gettext: what is put in is escaped where the template escapes."""
    return (Markup(text) if context.autoescape else text) % values  # noqa: S704 -- our own catalogue


def _remember() -> None:
    g.language = language()
