"""Many stylesheets become one, and mean the same."""

from pathlib import Path
from typing import Any

import pytest
import tinycss2

from tests.house.source import stylesheets
from tools.styles import BadStylesheet, bundle, entries

PUNCTUATION = {",", ";", ">", "+", "~", ":", "!"}


def parts(before: Any, after: Any) -> bool:
    """Whether a space between these two means anything."""
    if "{} block" in {before.type, after.type}:
        return False
    return before.serialize() not in PUNCTUATION and after.serialize() not in PUNCTUATION - {":", "+"}


def tokens(nodes: list[Any]) -> list[str]:
    """What a browser reads: every token in order, and the spaces that part words or selectors."""
    read: list[str] = []
    pairs = zip(nodes, [None, *nodes], strict=False)  # a comment leaves two spaces, or one at an edge
    nodes = [
        node for node, last in pairs if not (node.type == "whitespace" and last and last.type == node.type)
    ]
    for index, node in enumerate(nodes):
        inner = getattr(node, "content", None) if node.type != "at-rule" else None
        inner = node.arguments if node.type == "function" else inner
        if node.type == "whitespace":
            if 0 < index < len(nodes) - 1 and parts(nodes[index - 1], nodes[index + 1]):
                read.append(" ")
        elif inner is not None:
            read += [f"{node.type} {getattr(node, 'name', '')}", *tokens(inner), "end"]
        elif node.serialize() != ";":
            read.append(node.serialize())
    return read


def test_imports_are_written_out_in_order(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "app.css").write_text(
        '@layer a, b;\n@import url("parts/one.css");\n@import url("two.css");\n'
    )
    (tmp_path / "parts" / "one.css").write_text("/* one */ @layer a { p { color: red } }")
    (tmp_path / "two.css").write_text("@layer b { p { color: blue } }")
    assert bundle(tmp_path / "app.css", str) == b"@layer a,b;@layer a{p{color:red}}@layer b{p{color:blue}}"
    assert [entry.name for entry in entries(tmp_path)] == ["app.css"]


def test_addresses_become_those_of_the_built_files(tmp_path: Path) -> None:
    entry = tmp_path / "app.css"
    entry.write_text('@font-face { src: url("fa.woff2") } a { background: url(data:image/svg+xml,x) }')
    built = bundle(entry, lambda name: f"fonts/hashed-{name}").decode()
    assert 'url("fonts/hashed-fa.woff2")' in built
    assert "url(data:image/svg+xml,x)" in built


def test_a_missing_import_and_a_circle_are_told(tmp_path: Path) -> None:
    entry = tmp_path / "app.css"
    entry.write_text('@import url("gone.css");')
    with pytest.raises(BadStylesheet, match="gone"):
        bundle(entry, str)
    entry.write_text('@import url("other.css");')
    (tmp_path / "other.css").write_text('@import url("app.css");')
    with pytest.raises(BadStylesheet, match="itself"):
        bundle(entry, str)


@pytest.mark.parametrize("sheet", stylesheets(), ids=lambda sheet: sheet.name)
def test_squeezing_changes_no_meaning(sheet: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.css"
    alone.write_text(sheet.read_text().replace("@import", "@never"))
    before, after = (
        tokens(tinycss2.parse_component_value_list(text, skip_comments=True))
        for text in (alone.read_text(), bundle(alone, str).decode())
    )
    assert before == after
