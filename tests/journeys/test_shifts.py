"""A nurse gives time, in a real browser without JavaScript.

Narges registers in the network, a coordinator verifies her, and she takes a shift that was full when Parvin cancels.
"""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.volunteers.holders import Holder
from campaigns.domain.volunteers.profile_models import Speciality, Volunteer
from campaigns.domain.volunteers.specialities import add_standard
from tests.cast import PASSWORD, mina, parisa, person, reza
from tests.support.browsers import PHONE
from tests.support.processes import Live
from tests.volunteering import driver, nurse, shift, takes
from tests.worlds import live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(300)]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A new person at a small screen, with an empty cookie jar and no JavaScript."""
    contexts = []

    def arrive() -> Page:
        context = browser.new_context(locale="fa-IR", viewport=PHONE, java_script_enabled=False)
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


def register(page: Page, site: str) -> str:
    """Narges says what she can do; her code in the network."""
    page.goto(f"{site}/volunteers/join/IR-08")
    page.locator("#name").fill("نرگس امینی")
    page.locator("#mobile").fill("۰۹۱۲ ۷۷۷ ۶۶۵۵")
    page.get_by_label("پرستار").check()
    page.locator("#licence").fill("۱۲۳۴۵")
    page.locator("#hours").fill("۶")
    page.get_by_label("پنجشنبه‌ها").check()
    page.locator("#consent").check()
    page.wait_for_timeout(2_200)  # nobody fills a form in a blink: the house asks robots to slow down
    page.locator("main form button").last.click()
    return page.locator("bdi.code").inner_text()


def verify(page: Page, site: str, name: str) -> None:
    """Zahra, who coordinates in Kerman, has looked the licence up."""
    page.goto(f"{site}/sign-in")
    page.locator("#login").fill("zahra@example.org")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="ورود").click()
    db.session.rollback()
    public_id = db.session.scalars(select(Volunteer.public_id).where(Volunteer.name == name)).one()
    db.session.rollback()
    page.goto(f"{site}/coordination/people/{public_id}")
    page.get_by_label("تأیید", exact=False).first.check()
    page.locator("#note").fill("پروانه در سامانهٔ نظام پرستاری دیده شد.")
    page.locator("form:has(#note) button").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_nurse_takes_a_shift_that_was_full_when_another_cancels(
    app: Flask, live_server: Live, visitor: Callable[[], Page]
) -> None:
    campaign = live_campaign(mina(), reza(), parisa())
    person("Zahra", Role.COORDINATOR, province_code="IR-08")
    add_standard()
    skill = db.session.scalars(select(Speciality).where(Speciality.code == "nurse")).one()
    role = driver(campaign, "پرستار درمانگاه سیار", speciality=skill, needs_licence=True)
    one = shift(role, places=1)
    parvin: Holder = nurse(skill, "پروین صادقی")
    takes(parvin, one)
    site, ask = live_server.url, f"/c/{campaign.slug}/volunteer/{role.public_id}"
    slug = campaign.slug
    db.session.rollback()  # nobody else can write while this process still reads

    narges = visitor()
    code = register(narges, site)
    narges.goto(f"{site}/c/{slug}")
    narges.get_by_role("link", name="پرستار درمانگاه سیار").click()
    narges.get_by_role("link", name="مرا در فهرست انتظار بگذارید").click()
    narges.get_by_label("فهرست انتظار باز است").check()
    narges.locator("#code").fill(code)
    narges.wait_for_timeout(2_200)
    narges.get_by_role("button", name="مرا در فهرست انتظار بگذارید").click()
    expect(narges.get_by_text("هماهنگ‌کننده هنوز تخصص").first).to_be_visible()

    verify(visitor(), site, "نرگس امینی")

    narges.goto(f"{site}{ask}")
    narges.get_by_label("فهرست انتظار باز است").check()
    narges.locator("#code").fill(code)
    narges.wait_for_timeout(2_200)
    narges.get_by_role("button", name="مرا در فهرست انتظار بگذارید").click()
    expect(narges.get_by_text("نفر ۱ هستید")).to_be_visible()

    other = visitor()
    other.goto(f"{site}/shifts/{parvin.code}")
    other.get_by_role("link", name="نمی‌توانم بیایم").click()
    other.get_by_role("button", name="نمی‌توانم بیایم؛ جا را پس می‌دهم").click()
    expect(other.get_by_text("پس داده‌اید")).to_be_visible()

    narges.reload()
    expect(narges.get_by_text("جا برای شماست")).to_be_visible()
    expect(narges.get_by_role("link", name="پرونده برای تقویم شما")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Volunteer.name).order_by(Volunteer.id)).all() == [
        "پروین صادقی",
        "نرگس امینی",
    ]
