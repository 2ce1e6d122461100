"""`make translations`: every visible word of code and templates into the catalogues, and these compiled.

The msgids are English. Persian is always complete; nothing is guessed (no fuzzy entry), nothing unused kept.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.setup import ROOT

FOLDER = ROOT / "translations"
LANGUAGES = ("fa",)
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "_n": (1, 2), "lazy_ngettext": (1, 2)}
A_DAY = datetime(
    2026, 1, 1, tzinfo=UTC
)  # in place of the date of each run, so that merges have nothing to disagree on


def main() -> int:
    """Updates and compiles the catalogues. Returns 1 when something has no translation yet, and lists it."""
    template = extracted()
    missing = 0
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = read(language) if path.exists() else Catalog(locale=language)
        _update(catalogue, template)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalogue))
        for message in untranslated(catalogue):
            missing += 1
            print(f"{language}: no translation of {message.id!r}")
    compile_all()
    return 1 if missing else 0


def catalogue_path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def extracted() -> Catalog:
    """Every message of code and templates as they are now. Raises where a template cannot be read."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    template = Catalog(fuzzy=False)
    for filename, line, message, comments, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, comment_tags=("Translators:",), directory_filter=_ours
    ):
        template.add(message, None, [(filename, line)], auto_comments=comments, context=context)
    return template


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that lack a translation, or one of its plural forms."""

    def lacks(message: Message) -> bool:
        words = message.string if isinstance(message.string, list | tuple) else [message.string]
        return not all(words)

    return [message for message in catalogue if message.id and lacks(message)]


def compile_all() -> None:
    """Writes the binary catalogues that the site reads, where missing or older than their source."""
    for language in LANGUAGES:
        source = catalogue_path(language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read(language))


def _update(catalogue: Catalog, template: Catalog) -> None:
    template.creation_date = A_DAY
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version, catalogue.header_comment = (
        "Pooyesh",
        "1",
        "# Pooyesh, in its languages.",
    )
    catalogue.revision_date, catalogue.fuzzy = A_DAY, False
    catalogue.copyright_holder = catalogue.msgid_bugs_address = ""
    catalogue.last_translator = catalogue.language_team = "Pooyesh"


def written(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return buffer.getvalue()


def _ours(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and name not in {"node_modules", "var", "static"}


if __name__ == "__main__":
    sys.exit(compile_all() if sys.argv[1:] == ["compile"] else main())
