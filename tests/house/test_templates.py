"""Templates only draw: nothing inline, nothing unused, nothing untranslated, nothing unescaped."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.visitor import NodeVisitor

from tests.house import source

PAGES = [file for file in source.templates() if file.suffix == ".html"]
SAFE_MARKUP = {"safe", "Markup"}
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
"""Attributes that somebody reads or hears."""
LETTER = re.compile(r"[^\W\d_]")
FILLED = "\0"
"""Stands for whatever an expression will say."""
NOT_SPOKEN = re.compile(r'\b[a-z-]+="[^"]*"|\b[a-z-]+\0|\0')
"""What a macro writes into a tag: attributes, a class with a number."""
PROPER_NAMES = {"QR", "CSV", "RSS", "PDF"}
jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


@cache
def parsed(file: Path) -> nodes.Template:
    return jinja.parse(file.read_text(encoding="utf-8"))


class Written(NodeVisitor):
    """Gathers what the template itself writes; expressions become a mark. Both sides of an `if` are read."""

    def __init__(self) -> None:
        self.text: list[str] = []

    def visit_Output(self, node: nodes.Output) -> None:
        for part in node.nodes:
            self.text.append(part.data if isinstance(part, nodes.TemplateData) else FILLED)


class Page(HTMLParser):
    """Notes the tags with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@cache
def page(file: Path) -> Page:
    reader = Written()
    reader.visit(parsed(file))
    return Page("".join(reader.text))


def each_tag() -> Iterator[tuple[str, str, dict[str, str | None]]]:
    for file in PAGES:
        for tag, attributes in page(file).tags:
            yield source.name(file), tag, attributes


def test_every_template_opens_with_what_it_draws() -> None:
    assert not [source.name(file) for file in source.templates() if not file.read_text().startswith("{#")]


def test_nothing_is_styled_or_scripted_inside_a_template() -> None:
    for where, tag, attributes in each_tag():
        assert tag != "style", where
        data = (attributes.get("type") or "").endswith("json")
        assert tag != "script" or "src" in attributes or data, f"{where}: inline script"
        inline = [name for name in attributes if name == "style" or name.startswith("on")]
        assert not inline, f"{where}: {tag} {inline}"
        assert not (attributes.get("href") or "").lower().startswith("javascript:"), where


def test_what_people_typed_is_always_escaped() -> None:
    for file in source.templates():
        assert not [node.name for node in parsed(file).find_all(nodes.Filter) if node.name in SAFE_MARKUP], (
            file
        )
        off = list(parsed(file).find_all(nodes.ScopedEvalContextModifier))
        assert not off, f"{source.name(file)} turns escaping off"


def test_every_import_is_used_and_needs_no_context() -> None:
    for file in source.templates():
        used = {node.name for node in parsed(file).find_all(nodes.Name) if node.ctx == "load"}
        for node in parsed(file).find_all((nodes.FromImport, nodes.Import)):
            names = node.names if isinstance(node, nodes.FromImport) else [node.target]
            given = {name[1] if isinstance(name, tuple) else name for name in names}
            assert given <= used, f"{source.name(file)} imports {given - used} for nothing"


def test_templates_ask_no_questions() -> None:
    """No queries: neither the session nor a statement is known to a template."""
    for file in source.templates():
        names = {node.name for node in parsed(file).find_all(nodes.Name)}
        assert not names & {"db", "select", "session", "g"}, source.name(file)


def test_every_visible_word_is_translated() -> None:
    untranslated = []
    for file in PAGES:
        spoken = [
            value for _, attributes in page(file).tags for name, value in attributes.items() if name in SPOKEN
        ]
        for text in (*page(file).words, *spoken):
            words = NOT_SPOKEN.sub(" ", text or "").split()
            if any(LETTER.search(word) and word not in PROPER_NAMES for word in words):
                untranslated.append(f"{source.name(file)}: {' '.join(words)}")
    assert not untranslated


def test_images_keep_their_place_and_say_what_they_show() -> None:
    for where, tag, attributes in each_tag():
        assert tag != "img" or {"alt", "width", "height"} <= set(attributes), f"{where}: {attributes}"


def test_assets_that_templates_name_are_there() -> None:
    sources = source.ROOT / "static"
    for file in source.templates():
        for call in parsed(file).find_all(nodes.Call):
            if (
                isinstance(call.node, nodes.Name)
                and call.node.name == "asset"
                and isinstance(call.args[0], nodes.Const)
            ):
                asset = str(call.args[0].value)
                built = asset.startswith("fonts/") or (sources / "css" / asset).is_file()
                assert built or (sources / asset).is_file(), f"{source.name(file)} names {asset}"
