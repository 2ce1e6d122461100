"""What every template knows, and how a campaign's page is drawn in its own theme."""

import base64
import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_login import current_user
from werkzeug.local import LocalProxy

from campaigns.base import clock
from campaigns.base.languages import LANGUAGES
from campaigns.config import ROOT
from campaigns.web.guards import policy_of
from campaigns.web.locale import language, switch_urls
from campaigns.web.office import office_links, sees_audit


class Assets:
    """Logical names to hashed addresses, from the manifest the set-up builds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def manifest(self) -> dict[str, str]:
        path = self.folder / "manifest.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def url(self, name: str) -> str:
        return f"/static/{self.manifest.get(name, name)}"

    def integrity(self, name: str) -> str:
        """The hash browsers hold a script against; https://www.w3.org/TR/SRI/."""
        digest = hashlib.sha384(self.file(name).read_bytes()).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"

    def file(self, name: str) -> Path:
        """The built file itself; it need not be there."""
        return self.folder / self.manifest.get(name, name)


def absolute(path: str) -> str:
    """The full address of a path on this site. Never made from the Host header."""
    return current_app.config["SETTINGS"].site_url + path


def help_phone() -> str:
    """Whom to call when something does not work."""
    return current_app.config["SETTINGS"].help_phone


def licence_check_url() -> str:
    """Where a reader can look a licence up; empty where no such place is known, or it is none to lead people to."""
    url: str = current_app.config["SETTINGS"].licence_check_url
    return url if url.startswith("https://") else ""


def help_hours() -> str:
    """When somebody answers, in the language of the page; empty where nobody wrote it."""
    return current_app.config["SETTINGS"].help_hours.get(language().code, "")


def themed(theme: str, template: str, **values: Any) -> str:
    """Renders `template`, or the theme's own version of it where the theme has one."""
    return render_template([f"themes/{theme}/{template}", template], theme=theme, **values)


def init_render(app: Flask) -> None:
    assets = Assets(ROOT / "static" / "build")
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(
        asset=assets.url,
        absolute=absolute,
        help_phone=help_phone,
        help_hours=help_hours,
        licence_check_url=licence_check_url,
        this_moment=clock.now,
        office_links=office_links,
        sees_audit=sees_audit,
        language=LocalProxy(language),  # a global: macros are imported without the page's values
        languages=LANGUAGES,
    )
    app.context_processor(_page_values)


def _page_values() -> dict[str, Any]:
    policy = policy_of(request.endpoint)
    signed = policy is not None and not policy.sessionless
    return {
        "switch_urls": switch_urls(),
        "me": current_user if signed and current_user.is_authenticated else None,
    }
