"""The table of interface languages."""

from babel import Locale

from campaigns.base.languages import DEFAULT, LANGUAGES


def test_persian_is_the_default_and_has_no_prefix() -> None:
    assert [code for code, language in LANGUAGES.items() if not language.prefix] == [DEFAULT] == ["fa"]


def test_codes_prefixes_and_directions_fit_each_other() -> None:
    assert len({language.prefix for language in LANGUAGES.values()}) == len(LANGUAGES)
    for code, language in LANGUAGES.items():
        locale = Locale.parse(code, sep="-")
        assert language.code == code
        assert language.dir == ("rtl" if locale.character_order == "right-to-left" else "ltr")
        assert language.native_name == locale.get_display_name(locale)
