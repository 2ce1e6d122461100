"""The shorter way through Jinja says what the long one said."""

import pytest
from flask import render_template_string
from flask_babel import force_locale

LOOP = """{% macro said(word) %}{{ _("Campaigns") }}: {{ word }}{% endmacro %}
{%- for name in names %}{% set here = name %}{{ said(here) }} {{ url_for("site.portal.listing") }};{% endfor %}"""
TRANS = "{% trans day=day %}Approved on {{ day }}{% endtrans %}"


@pytest.mark.parametrize(
    ("prefix", "word", "address"), [("", "پویش‌ها", "/campaigns"), ("/en", "Campaigns", "/en/campaigns")]
)
def test_words_and_addresses_in_a_loop_are_of_the_language_of_the_page(app, prefix, word, address):
    with (
        app.test_request_context("/", base_url=f"http://localhost{prefix}"),
        force_locale(prefix[1:] or "fa"),
    ):
        assert render_template_string(LOOP, names=["<b>"]) == f"{word}: &lt;b&gt; {address};"


def test_what_is_put_into_a_sentence_is_escaped(app):
    with app.test_request_context("/"), force_locale("en"):
        assert render_template_string(TRANS, day="<i>today</i>") == "Approved on &lt;i&gt;today&lt;/i&gt;"
        assert render_template_string("{{ ngettext('%(num)s gift', '%(num)s gifts', 2) }}") == "2 gifts"
