"""The stylesheet keeps its rules: no side, no stray value, every theme whole, colours far enough apart."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
import tinycss2
from flask import Flask

from campaigns.base.extensions import babel
from campaigns.domain.campaigns.topics import TOPIC_LABELS
from campaigns.themes import BASE_TOKENS, MOTIFS, STATIC, THEMES, contrast, contrast_table, tokens

ROOT = STATIC.parent
SHEETS = sorted([*STATIC.glob("css/**/*.css"), *STATIC.glob("themes/*/theme.css")])
MODES = ("light", "dark")
SIDES = re.compile(r"(?<![\w-])(?:[\w-]+-)?(?:left|right)(?![\w-])")
SAFE_AREA = re.compile(r"safe-area-inset-(?:left|right)")
FOUR_SIDED = {"margin", "padding", "inset", "border-width", "border-style", "border-color", "border-radius"}
PHYSICAL_AXES = {"width", "height", "min-width", "max-width", "min-height", "max-height", "top", "bottom"}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", re.IGNORECASE)
BUDGET_BYTES = 9 * 1024


def _id(path: Path) -> str:
    return str(path.relative_to(STATIC))


def _rules(nodes: Any, inside: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Every style rule as (selector, block, the at-rules around it)."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield tinycss2.serialize(node.prelude).strip(), node.content, inside
        elif (
            node.type == "at-rule"
            and node.content is not None
            and node.at_keyword not in {"font-face", "page"}
        ):
            around = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, (*inside, around))


def _sheet(path: Path) -> Any:
    return tinycss2.parse_stylesheet(path.read_text(), skip_comments=True, skip_whitespace=True)


def _declarations(path: Path) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    for selector, block, around in _rules(_sheet(path)):
        for node in tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True):
            assert node.type == "declaration", f"{selector}: rules do not stand inside rules"
            yield selector, node, around


@pytest.mark.parametrize("path", SHEETS, ids=_id)
def test_no_side_is_physical(path: Path) -> None:
    """Left and right do not exist: the page turns with its language."""
    for selector, node, _around in _declarations(path):
        value = SAFE_AREA.sub("", tinycss2.serialize(node.value))
        assert not SIDES.search(node.name), f"{selector}: {node.name}"
        assert not SIDES.search(value), f"{selector}: {node.name}: {value}"
        assert node.name not in PHYSICAL_AXES, f"{selector}: {node.name}"
        if node.name in FOUR_SIDED:
            assert len(value.split("/")[0].split()) < 4, f"{selector}: four sides in {node.name}"


@pytest.mark.parametrize("path", SHEETS, ids=_id)
def test_sheets_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250


@pytest.mark.parametrize("path", SHEETS, ids=_id)
def test_rules_stand_in_layers_without_ids_or_shouting(path: Path) -> None:
    for selector, node, around in _declarations(path):
        assert around, f"{selector} stands outside the layers"
        assert around[0].startswith("@layer "), f"{selector} stands outside the layers"
        assert "#" not in selector, f"{selector} names an id"
        assert not node.important or "@media print" in around, f"{selector} shouts"


@pytest.mark.parametrize("path", SHEETS, ids=_id)
def test_nesting_stays_shallow(path: Path) -> None:
    """A rule stands in its layer and at most two conditions, and reaches at most three steps down a page."""
    for selector, _block, around in _rules(_sheet(path)):
        assert len(around) <= 3, selector
        for part in selector.split(","):
            assert len(re.split(r"\s*[>+~]\s*|\s+", part.strip())) <= 4, selector


@pytest.mark.parametrize("path", [sheet for sheet in SHEETS if "themes" not in sheet.parts], ids=_id)
def test_colours_come_from_tokens(path: Path) -> None:
    """Outside the tokens only white and black stand: highlights, paper and QR codes are never themed."""
    if path == BASE_TOKENS:
        return
    for selector, node, _around in _declarations(path):
        for colour in COLOUR.findall(tinycss2.serialize(node.value)):
            assert colour in {"#fff", "#000"}, f"{selector}: {colour}"


def test_the_stylesheet_of_visitors_fits_its_budget() -> None:
    entry = STATIC / "css" / "app.css"
    text = re.sub(
        r'@import url\("([^"]+)"\);', lambda found: (entry.parent / found[1]).read_text(), entry.read_text()
    )
    shrunk = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    assert len(brotli.compress(shrunk.encode(), quality=11)) <= BUDGET_BYTES


def test_every_sheet_is_imported_by_an_entry() -> None:
    entries = [STATIC / "css" / name for name in ("app.css", "office.css", "embed.css")]
    imported = {
        (entry.parent / path).resolve()
        for entry in entries
        for path in re.findall(r'@import url\("([^"]+)"\)', entry.read_text())
    }
    assert imported == set(SHEETS) - set(entries)


def test_every_theme_has_a_file_and_every_file_is_a_theme() -> None:
    assert {path.parent.name for path in STATIC.glob("themes/*/theme.css")} == set(THEMES)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_sets_every_token_in_both_modes(theme: str) -> None:
    wanted = set(tokens("firouzeh", "light"))
    assert len(wanted) == 32
    for mode in MODES:
        assert set(tokens(theme, mode)) == wanted


@pytest.mark.parametrize("path", [BASE_TOKENS, *STATIC.glob("themes/*/theme.css")], ids=_id)
def test_dark_by_choice_is_dark_by_preference(path: Path) -> None:
    """The same values stand twice, for CSS has no other way; they may not drift apart."""
    chosen, preferred = {}, {}
    for selector, node, around in _declarations(path):
        if not node.name.startswith("--"):
            continue
        if any("prefers-color-scheme: dark" in step for step in around):
            preferred[node.name] = tinycss2.serialize(node.value)
        elif '[data-mode="dark"]' in selector:
            chosen[node.name] = tinycss2.serialize(node.value)
    assert chosen
    assert chosen == preferred


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_colours_is_far_enough_apart(theme: str, mode: Any) -> None:
    app = Flask(__name__)
    babel.init_app(app)
    with app.test_request_context("/"):
        assert [(row.label, round(row.ratio, 2)) for row in contrast_table(theme, mode) if not row.ok] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("theme", THEMES)
def test_lit_cells_differ_from_unlit_ones_and_from_their_frame(theme: str, mode: Any) -> None:
    colours = tokens(theme, mode)
    for glass in ("--g1", "--g2", "--g3", "--g4"):
        assert contrast(colours[glass], colours["--off"]) >= 1.5, glass
        assert contrast(colours[glass], colours["--pit"]) >= 1.5, glass


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(KeyError):
        tokens("../../etc", "light")


def test_there_is_a_theme_for_every_topic_and_five_drawings() -> None:
    assert len(THEMES) >= len(TOPIC_LABELS) - 1
    assert set(MOTIFS) == {"window", "bricks", "books", "trees", "grid"}


def test_every_class_of_the_stylesheet_is_worn() -> None:
    """What nothing wears is carried for nothing. Some names are computed: shares of a bar, cells of the map."""
    attribute = re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"')
    sources = [*(ROOT / "templates").rglob("*.*"), *(ROOT / "campaigns" / "web").rglob("*.py")]
    worn = " ".join(
        found for path in sources for found in attribute.findall(path.read_text(encoding="utf-8"))
    )
    selectors = [selector for path in SHEETS for selector, _block, _around in _rules(_sheet(path))]
    named = {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    plain = {name for name in named if not re.fullmatch(r"[rcwqg]\d+|notice-\w+", name)}
    assert sorted(name for name in plain if not re.search(rf"(?<![\w-]){name}(?![\w-])", worn)) == []
