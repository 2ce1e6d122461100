"""Imports run downward only. The order below is the one place where it is written."""

import ast
from collections.abc import Iterator

from sqlalchemy.orm import RelationshipDirection

from campaigns.base.extensions import Model
from campaigns.domain import tables
from tests.house import source

ROOMS = (
    "regions",
    "audit",
    "accounts",
    "factors",
    "pictures",
    "campaigns",
    "ledger",
    "families",
    "contributions",
    "notices",
    "volunteers",
    "goods",
    "payments",
    "claims",
    "counter",
    "refunds",
    "statements",
    "settlements",
    "reports",
    "funds",
    "matching",
    "partners",
    "deliveries",
    "supporters",
    "problems",
    "moderation",
    "exports",
    "insights",
    "reminders",
    "mandates",
    "webhooks",
    "givers",
    "erasure",
    "invariants",
    "tables",
)
SOCKETS = ("gateways", "senders", "kinds", "widgets", "themes")
CONTRACTS = ("plug", "callbacks")
"""Files of a socket that are no plug: what it asks of plugs, and what doors may know of all of them."""
OWN_PAGES = {
    ("campaigns.web.give.start", "campaigns.kinds.money"),
    ("campaigns.web.give.goods", "campaigns.kinds.goods"),
    ("campaigns.web.give.goodsforms", "campaigns.kinds.goods"),
    ("campaigns.web.give.promise", "campaigns.kinds.goods"),
}
"""The pages where a kind is given are the pages of that kind."""
ROOF = ("app", "cli")
GROUND = ("base", "config")
REQUEST_WORDS = {"request", "session", "redirect", "abort", "flash", "make_response"}


def floor(module: str) -> tuple[int, int]:
    """Where a module stands: its storey, and inside `domain` its room. Lower numbers are lower."""
    parts = module.split(".")
    if len(parts) == 1 or parts[1] in GROUND:
        return (0, 0)
    if parts[1] == "domain":
        return (1, ROOMS.index(parts[2]) if len(parts) > 2 else -1)
    if parts[1] in SOCKETS:
        return (2, 0)
    if parts[1] == "web":
        return (3, 0)
    assert parts[1] in ROOF, f"{module} has no place in the order: give it one"
    return (4, 0)


def house(module: str) -> str:
    """The name of the room, socket, or door that a module belongs to."""
    parts = module.split(".")
    return ".".join(parts[1:3] if len(parts) > 1 and parts[1] in {"domain", "web"} else parts[1:2])


def every_import(*trees: str) -> Iterator[tuple[str, str, str]]:
    """(where it stands in the source, the module that imports, the module of ours it imports)."""
    for file in source.modules(*trees):
        for name, line in source.imports(file):
            if name.split(".")[0] == "campaigns":
                yield f"{source.name(file)}:{line} imports {name}", source.dotted(file), name


def test_imports_run_downward_only() -> None:
    assert not [where for where, here, there in every_import("campaigns") if floor(there) > floor(here)]


def test_a_door_never_imports_a_door() -> None:
    doors = {f"web.{folder.name}" for folder in (source.ROOT / "campaigns/web").iterdir() if folder.is_dir()}
    for where, here, there in every_import("campaigns/web"):
        if here != "campaigns.web.doors" and house(there) in doors:
            assert house(there) == house(here), where


def test_plugs_are_known_to_their_socket_only() -> None:
    for where, here, there in every_import("campaigns"):
        parts = there.split(".")
        if parts[1] in SOCKETS and len(parts) > 2 and parts[2] not in CONTRACTS:
            assert house(here) == house(there) or (here, there) in OWN_PAGES, f"{where}: ask the registry"


def test_sockets_do_not_know_each_other() -> None:
    for where, here, there in every_import("campaigns"):
        if house(here) in SOCKETS and house(there) in SOCKETS:
            assert house(here) == house(there), where


def test_what_is_true_does_not_depend_on_who_asks() -> None:
    for file in source.modules("campaigns/domain"):
        for node in ast.walk(source.tree(file)):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                names = {alias.name for alias in node.names}
                assert not REQUEST_WORDS & names, f"{source.name(file)}:{node.lineno}"


def test_nobody_reaches_into_what_another_room_keeps_private() -> None:
    for file in source.modules("campaigns"):
        for node in ast.walk(source.tree(file)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("campaigns."):
                private = {alias.name for alias in node.names if alias.name.startswith("_")} - {"_"}
                at_home = house(source.dotted(file)) == house(node.module or "")
                assert at_home or not private, f"{source.name(file)}:{node.lineno} imports {private}"


def test_the_practice_bank_and_the_house_do_not_know_each_other() -> None:
    for file in source.modules("campaigns"):
        assert not [name for name, _ in source.imports(file) if name.split(".")[0] == "sandbox"], file
    assert not [where for where, _, _ in every_import("sandbox")]


def test_packages_say_what_they_are_and_wake_nobody() -> None:
    assert not list(source.imports(source.ROOT / "campaigns/__init__.py"))


def test_relationships_are_declared_from_child_to_parent_only() -> None:
    assert tables.ROOMS
    for mapper in Model.registry.mappers:
        for link in mapper.relationships:
            many = link.direction is RelationshipDirection.ONETOMANY
            assert not many, f"{link}: ask the queries of {link.mapper.class_.__name__} instead"
            assert link.backref is None and not link.back_populates, f"{link} is known from both sides"
