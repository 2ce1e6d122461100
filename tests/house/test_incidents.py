"""Each of the fifteen incidents has its tests; and those rules of theirs that the source itself can show."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from campaigns.web.guards import init_guards
from tests.house import source
from tests.house.incidents import INCIDENTS

MAKES_OBJECTS = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
RUNS_CODE = {"eval", "exec", "compile", "__import__"}
ASKS_OUTSIDE = {
    "requests",
    "urllib3",
    "httpx",
    "aiohttp",
    "http.client",
    "urllib.request",
    "socket",
    "ftplib",
}
MAY_ASK = "campaigns/gateways/http.py"
MAY_TELL = "campaigns/base/outside.py"
"""Sends to addresses that were typed: `tests/base/test_outside.py` says to which it never does."""
MAY_THROW_DICE = "campaigns/cli/sample/"
SHORT_ON_PURPOSE = {"campaigns/web/requestlog.py", "campaigns/domain/campaigns/blocks.py"}
"""Name a process in lines of the log, and a block within its campaign; open nothing."""
COUNTED = {"site.ledger.entry", "goods.receipt.show", "goods.receipt.void", "finance.offices.take"}
"""Lines of the book and receipts are counted on purpose, so that none can be left out unseen; these and the clerks of
an office stand below an id that nobody guesses."""


def test_every_incident_has_its_tests() -> None:
    assert len(INCIDENTS) == 15
    for incident, tests in INCIDENTS.items():
        assert tests, incident
        for place in tests:
            file, _, name = place.partition("::")
            functions = {
                node.name
                for node in ast.walk(source.tree(source.ROOT / file))
                if isinstance(node, ast.FunctionDef)
            }
            assert name in functions, f"{incident}: {place} is not there"


def test_nothing_that_came_in_is_made_into_objects_or_code() -> None:
    for file, node in nodes():
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert not imported(node) & MAKES_OBJECTS, source.name(file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in RUNS_CODE, f"{source.name(file)}:{node.lineno}"


def test_a_view_without_a_policy_is_refused() -> None:
    app = Flask("small")
    init_guards(app)
    app.add_url_rule("/forgotten", view_func=lambda: "open", endpoint="forgotten")
    assert app.test_client().get("/forgotten").status_code == 404


def test_no_address_counts(app: Flask) -> None:
    """What can be counted can be walked through: addresses carry names and ids that nobody guesses."""
    counting = {rule.endpoint for rule in app.url_map.iter_rules() if "<int" in rule.rule}
    assert counting <= COUNTED


def test_only_two_modules_ask_outside_and_the_client_of_gateways_follows_nothing() -> None:
    """The client's addresses come from the settings alone; nobody who visits can choose one."""
    asking = {
        source.name(file)
        for file, node in nodes()
        if isinstance(node, ast.Import | ast.ImportFrom)
        and imported(node) & ASKS_OUTSIDE
        and not all(alias.name.endswith("Exception") for alias in node.names)
    }
    assert asking == {MAY_ASK, MAY_TELL}
    calls = [
        node
        for node in ast.walk(source.tree(source.ROOT / MAY_ASK))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".request")
    ]
    assert calls
    for call in calls:
        named = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        assert named.get("allow_redirects") == "False"


def test_secrets_come_from_the_system_and_are_long() -> None:
    for file, node in nodes():
        where = source.name(file)
        if isinstance(node, ast.Import | ast.ImportFrom) and "random" in imported(node):
            assert where.startswith(MAY_THROW_DICE), where
        is_secret = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("secrets.token_")
        if is_secret and where not in SHORT_ON_PURPOSE:
            (size,) = (ast.literal_eval(argument) for argument in node.args)  # type: ignore[attr-defined]
            assert size >= 16, f"{where}:{node.lineno}"  # type: ignore[attr-defined]


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for file in source.modules("campaigns"):
        for node in ast.walk(source.tree(file)):
            yield file, node


def imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {alias.name for alias in node.names}
