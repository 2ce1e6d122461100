"""Which role gets through which door, kept as a file that people read: `tests/web/route_matrix.txt`.

A new address or another right changes the file: `make matrix` writes it anew, and its difference is what to look at.
"""

import os
from pathlib import Path

import pytest
from flask import Flask

from campaigns.domain.accounts.permissions import Role
from campaigns.web.guards import Access
from tests.cast import person
from tests.house.walk import House
from tests.web.officehands import Hands

pytestmark = pytest.mark.timeout(500)  # every role at every door
FILE = Path(__file__).with_name("route_matrix.txt")
HEAD = f"""\
Who gets through which door of the offices: one column a role, held in the whole country; then somebody without a role.
x: the door opens (the page, or the form's own answer to an empty form). A dot: it does not exist for them (404).
Everybody without an account is sent to the sign-in page; pages for everyone are not listed.
Columns: {", ".join(role.value for role in Role)}, nobody.

"""


def matrix(app: Flask, house: House) -> str:
    people = [Hands(app, person(f"Sima-{role.value}", role)) for role in Role]
    people.append(Hands(app, person("Sima")))
    lines = [
        f"{''.join(_opens(hands, method, path) for hands in people)}  {method:<4} {endpoint}"
        for method, path, endpoint in _doors(house)
    ]
    return HEAD + "\n".join(sorted(lines, key=lambda line: line.split()[::-1])) + "\n"


def _doors(house: House) -> list[tuple[str, str, str]]:
    inside = {Access.SIGNED_IN, Access.PERMISSION}
    pages = [("GET", path, rule.endpoint) for path, policy, rule in house.pages() if policy.access in inside]
    forms = [
        (method, path, endpoint)
        for method, path, policy, endpoint in house.unsafe()
        if policy.access in inside
    ]
    return [*pages, *forms]


def _opens(hands: Hands, method: str, path: str) -> str:
    """A form is sent without its token: it is refused, and nothing is done."""
    answer = hands.client.open(path, method=method, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code < 500 and answer.status_code != 403, (method, path, answer.status_code)
    return "." if answer.status_code == 404 else "x"


def test_every_role_gets_through_the_doors_of_the_matrix_and_no_others(app: Flask) -> None:
    found = matrix(app, House(app))
    if os.environ.get("RENEW"):
        FILE.write_text(found, encoding="utf-8")
    kept = FILE.read_text(encoding="utf-8").splitlines()
    changed = [f"+ {line}" for line in found.splitlines() if line not in kept]
    gone = [f"- {line}" for line in kept if line not in found.splitlines()]
    assert gone + changed == [], "look at the difference, then `make matrix`"
