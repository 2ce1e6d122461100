"""Somebody who lost phone and paper begins anew when two administrators say so, and hears of each of their steps."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.factors import recovery, resets, totp
from campaigns.domain.factors.models import AuthenticatorApp
from campaigns.domain.factors.queries import has_any
from tests.cast import leila, person, reza
from tests.web.officehands import Hands
from tests.web.people.postbox import letters_to
from tests.worlds import organization


@pytest.fixture
def world(app):
    """Leila and Kamran, who administrate, and Reza, who has an app."""
    organization()
    user = reza()
    db.session.add(AuthenticatorApp(user_id=user.id, sealed=totp.new_secret(), last_step=0))
    recovery.write_anew(user)
    db.session.commit()
    return user, Hands(app, leila()), Hands(app, person("Kamran", Role.ADMIN))


def test_one_asks_another_agrees_and_he_is_told_of_both(world):
    user, first, second = world
    way = f"/people/{user.public_id}/second-step"
    page = first.after(first.post(f"{way}/ask", {"csrf_token": first.token}))
    assert "مدیر دیگری باید" in page and has_any(user.id)
    assert "Leila" in second.seen(way)
    second.after(second.post(f"{way}/agree", {"csrf_token": second.token}))
    assert not has_any(user.id) and recovery.left(user.id) == 0
    assert len(letters_to("reza@example.org")) == 2
    assert "گام دوم ورود از نو شد" in first.seen(f"/people/{user.public_id}")


def test_nobody_is_the_second_person_to_themselves_nor_resets_their_own(world):
    user, first, second = world
    way = f"/people/{user.public_id}/second-step"
    assert second.post(f"{way}/agree", {"csrf_token": second.token}).status_code == 404  # nobody asked
    first.post(f"{way}/ask", {"csrf_token": first.token})
    assert "/agree" not in first.seen(way)
    assert first.post(f"{way}/agree", {"csrf_token": first.token}).status_code == 404
    own = f"/people/{first.user.public_id}/second-step/ask"
    assert first.post(own, {"csrf_token": first.token}).status_code == 404
    assert has_any(user.id)


def test_what_was_asked_the_day_before_counts_no_more(world):
    user, first, second = world
    with clock.at(clock.now() - timedelta(hours=25)):
        resets.ask(user, first.user)
    way = f"/people/{user.public_id}/second-step"
    assert second.post(f"{way}/agree", {"csrf_token": second.token}).status_code == 404
    assert has_any(user.id) and "/ask" in second.seen(way)


def test_a_province_desk_of_people_reaches_only_its_own(app, world):
    user, _first, _second = world
    kerman = Hands(app, person("Sara", Role.ADMIN, province_code="IR-08"))
    assert kerman.get(f"/people/{user.public_id}/second-step").status_code == 404
