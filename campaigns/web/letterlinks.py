"""Addresses for letters that the worker writes: full, in the language of the reader, without a request."""

from typing import Any

from flask import current_app

from campaigns.base.languages import LANGUAGES
from campaigns.web.render import absolute


def link(language: str, endpoint: str, **values: Any) -> str:
    """The full address of a page in this language."""
    path = current_app.url_map.bind("").build(endpoint, values)
    prefix = LANGUAGES[language].prefix
    return absolute(f"/{prefix}{path}" if prefix else path)
