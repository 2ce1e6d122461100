"""Every fault that money must survive is tried by a test that says so."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from tests.house import source
from tests.house.faults import FAULTS, NOT_YET_BUILT

Marked = ast.FunctionDef | ast.ClassDef


@cache
def claims() -> dict[str, list[str]]:
    """Where each id is claimed: `file::test`."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in source.modules("tests"):
        for node in ast.walk(source.tree(file)):
            if isinstance(node, Marked):
                for fault in _claimed_by(node):
                    found[fault].append(f"{source.name(file)}::{node.name}")
    return found


def _claimed_by(node: Marked) -> Iterator[str]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.fault":
            yield from (ast.literal_eval(argument) for argument in decorator.args)


def test_every_fault_is_tried() -> None:
    untried = {fault: FAULTS[fault] for fault in FAULTS if fault not in claims()}
    assert not set(untried) - NOT_YET_BUILT, untried


def test_what_is_tried_is_not_said_to_be_missing() -> None:
    both = {fault: tests for fault, tests in claims().items() if fault in NOT_YET_BUILT}
    assert not both, "take them out of NOT_YET_BUILT"


def test_only_faults_of_the_table_are_claimed_and_by_tests() -> None:
    assert set(claims()) | NOT_YET_BUILT <= set(FAULTS)
    claimed_by = {place.rpartition("::")[2] for places in claims().values() for place in places}
    assert not [name for name in claimed_by if not name.startswith(("test_", "Test"))]
