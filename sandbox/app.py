"""Makes the bank."""

from urllib.parse import urlsplit

from flask import Flask

from sandbox import payman, reports, sep, texts, zarinpal, zibal
from sandbox.bank import Bank
from sandbox.clock import Clock, tehran
from sandbox.control import control
from sandbox.page import add_headers, pages
from sandbox.settings import BankSettings
from sandbox.store import Store

NAMES = {"zarinpal": "زرین‌پال", "zibal": "زیبال", "sep": "سامان (سپ)"}
PERSIAN_DIGITS = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")


def create_bank(settings: BankSettings, clock: Clock | None = None) -> Flask:
    """The WSGI app, its book in `settings.data_dir/bank.db`."""
    app = Flask("sandbox")
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    store = Store(settings.data_dir / "bank.db")
    app.extensions["bank"] = Bank(settings, store, clock or Clock())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(number=_number, digits=_digits, clock=_clock, host=_host, gateway=NAMES.get)
    for part in (pages, zarinpal.api, payman.api, zibal.api, sep.api, reports.api, texts.box, control):
        app.register_blueprint(part)
    app.after_request(add_headers)
    return app


def _number(value: int) -> str:
    return f"{value:,}".translate(PERSIAN_DIGITS)


def _digits(text: str) -> str:
    return text.translate(PERSIAN_DIGITS)


def _clock(seconds: int) -> str:
    return f"{tehran(seconds):%H:%M}".translate(PERSIAN_DIGITS)


def _host(url: str) -> str:
    return urlsplit(url).netloc
