"""Jinja as Flask has it, with less work at each name, each import and each call of a page.

What a template says is what Jinja would have made of it; only the way there is shorter.
"""

from collections.abc import MutableMapping
from types import FunctionType
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment
from jinja2 import pass_eval_context
from jinja2.runtime import Context, Macro

_WANTS = "jinja_pass_arg"
_ESCAPING = getattr(pass_eval_context(lambda: None), _WANTS)


class QuickContext(Context):
    """A page makes hundreds of calls. Jinja asks of each whether it wants the context and, where one wants it inside
    a loop, copies all that the template knows; macros and plain functions, nearly all of them, are called at once.
    """

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(__obj)
        wants = _ESCAPING if kind is Macro else getattr(__obj, _WANTS, None)
        if wants is _ESCAPING:
            args = (__self.eval_ctx, *args)
        elif wants is not None or kind is not FunctionType:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class QuickEnvironment(Environment):
    """Templates share the globals of the environment itself. Jinja lays an empty mapping over them for each, and asks
    both at every import which of their names differ.
    """

    context_class = QuickContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_templating(app: Flask) -> None:
    """Addresses without values, two dozen around every page, are built once for each language."""
    known: dict[tuple[str, str], str] = {}

    def url_for(endpoint: str, **values: Any) -> str:
        if values or not has_request_context():
            return app.url_for(endpoint, **values)
        key = (request.script_root, endpoint)
        if key not in known:
            known[key] = app.url_for(endpoint)
        return known[key]

    app.jinja_env.globals["url_for"] = url_for
