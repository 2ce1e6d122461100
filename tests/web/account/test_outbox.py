from dataclasses import replace

from campaigns.app import create_app
from campaigns.base.extensions import db
from campaigns.domain.notices import letters
from tests.cast import mina


def test_in_practice_letters_can_be_read(app, client):
    letters.reset_link(mina(), "http://127.0.0.1:8000/reset/abc", "k", 30)
    db.session.commit()
    page = client.get("/outbox").text
    assert "mina@example.org" in page
    assert '<a href="http://127.0.0.1:8000/reset/abc"' in page


def test_what_people_typed_is_shown_not_run(app, client):
    letters.campaign_live(mina(), title="<script>alert(1)</script>", url="javascript:alert(1)", key="k")
    db.session.commit()
    page = client.get("/outbox").text
    assert "<script>alert" not in page and 'href="javascript' not in page


def test_an_empty_outbox_says_so(client):
    assert "No letter has been written yet" in client.get("/en/outbox").text


def test_a_real_site_has_no_outbox(settings):
    real = create_app(replace(settings, environment="production"))
    assert "/outbox" not in {rule.rule for rule in real.url_map.iter_rules()}
