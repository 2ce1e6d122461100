"""From the first word to a campaign that is stopped and goes on again, in a real browser without JavaScript.

Mina writes a campaign for the whole country. Reza asks for changes, she mends it, he and Parisa approve, she clones
it to three provinces. Sara, on her phone, reports a problem; Reza freezes giving, which is closed everywhere on the
next request; Parisa lets it go on. On each page
nothing is nameless, and nothing scrolls sideways.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import requests
from flask import Flask
from playwright.sync_api import expect

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from tests.cast import mina, parisa, reza
from tests.journeys.people import PHONE, Person, comes
from tests.support.processes import Live
from tests.worlds import organization

__all__ = ("comes",)
pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(300)]
TITLE, SLUG = "هزار ویلچر برای مدرسه‌ها", "thousand-wheelchairs"
PLAN = {"کرمان": "۴۰۰", "قم": "۲۵۰", "فارس": "۳۵۰"}
MENDED = "هر ویلچر نو است و یک سال ضمانت دارد."
SEEN = "در صفحه نوشته‌اید ویلچرها نو است؛ در مدرسهٔ ما کهنه بود."
WHY = "گزارشی رسیده است که بررسی می‌شود."


def writes(mina: Person) -> None:
    """Every page of the editor that must be filled."""
    mina.follows("پویش تازه")
    mina.page.get_by_label("عنوان").fill(TITLE)
    mina.presses("آغاز")
    mina.follows("شناسنامه")
    last_day = (tehran_day(now()) + timedelta(days=40)).isoformat()
    mina.writes(lead_fa="هزار کودک در مدرسه‌ها ویلچر ندارند.", slug=SLUG, ends_on=last_day)
    mina.chooses(*PLAN)
    mina.presses("ذخیره")
    mina.follows("هدف و مبلغ‌ها")
    mina.writes(
        unit_name_fa="ویلچر", unit_count="۱۰۰۰", costs__0__fa="ویلچر سبک", costs__0__rials="۳۰ میلیون"
    )
    mina.writes(
        presets__0__fa="یک چرخ", presets__0__rials="۲۰۰٬۰۰۰", surplus_rule_fa="مازاد، ویلچر دیگری می‌شود."
    )
    mina.presses("ذخیره")
    mina.follows("داستان")
    mina.writes(story_fa="این کودکان هر روز به مدرسه می‌روند.")
    mina.presses("ذخیره")
    sends(mina)


def sends(mina: Person) -> None:
    mina.follows("بازبینی و فرستادن برای بررسی")
    mina.presses("فرستادن برای بررسی")
    assert "فرستاده شد" in mina.reads


def decides(moderator: Person, verdict: str, **why: str) -> None:
    """Opens the campaign from the queue and says so."""
    moderator.goes("/mod/?kind=campaign")
    moderator.follows(TITLE)
    moderator.chooses(verdict)
    if why:
        moderator.page.locator("#reason").select_option(index=1)
    moderator.writes(**why)
    moderator.presses("ثبت تصمیم")
    assert "انجام شد" in moderator.reads


def clones(mina: Person) -> None:
    """To three provinces in one act, with one look over it before."""
    mina.goes("/desk/")
    mina.follows(TITLE)
    mina.follows("استان‌های این پویش")
    mina.follows("ساختن پویش استان‌ها")
    for name, units in PLAN.items():
        row = mina.page.locator(".clones > li").filter(has=mina.page.get_by_label(name, exact=True))
        row.get_by_label(name, exact=True).check()
        row.locator("input[name$=unit_count]").fill(units)
    mina.presses("بازبینی")
    assert "۱٬۰۰۰" in mina.reads
    mina.presses("همه را بساز")
    expect(mina.page.locator("table.tbl tbody tr")).to_have_count(len(PLAN))


def is_open(reader: Person) -> tuple[bool, bool, bool]:
    """Whether the page, the frame other sites show and the JSON say that something can be given."""
    reader.goes(f"/c/{SLUG}")
    page = reader.page.locator("#give").count() > 0
    reader.goes(f"/e/{SLUG}/form")
    frame = reader.page.locator("form").count() > 0
    told = requests.get(f"{reader.site}/api/campaigns/{SLUG}.json", timeout=10).json()
    return page, frame, told["state"] == "live"


def test_written_mended_approved_cloned_reported_stopped_and_going_on(
    app: Flask, live_server: Live, comes: Callable[..., Person]
) -> None:
    organization()
    for somebody in (mina, reza, parisa):
        somebody()
    db.session.rollback()  # the site is another process: nothing here may hold the writers' lock
    office, first, second = (comes(live_server.url) for _one in range(3))
    sara = comes(live_server.url, on=PHONE)

    office.signs_in("mina")
    writes(office)
    first.signs_in("reza")
    decides(first, "درخواست اصلاح", note="بنویسید ویلچرها نو است یا نه.")
    office.goes("/desk/")
    office.follows(TITLE)
    assert "بنویسید ویلچرها نو است یا نه." in office.reads
    office.follows("داستان")
    office.writes(story_fa=MENDED)
    office.presses("ذخیره")
    sends(office)
    second.signs_in("parisa")
    for moderator in (first, second):
        decides(moderator, "تأیید")

    sara.goes(f"/c/{SLUG}")
    assert MENDED in sara.reads
    sara.follows("گزارش مشکلی در این پویش")
    clones(office)
    assert is_open(comes(live_server.url, on=PHONE)) == (True, True, True)
    sara.page.locator("[name=kind]").first.check()
    sara.writes(words=SEEN)
    sara.presses("فرستادن گزارش")
    assert "گزارش شما رسید" in sara.reads
    case = sara.page.locator("bdi.code").inner_text()

    first.goes("/mod/?kind=problem")
    first.follows(TITLE)
    assert SEEN in first.reads and case in first.reads
    first.follows("بستن راه کمک")
    first.writes(reason=WHY)
    first.presses("همین حالا راه کمک را ببندید")
    assert is_open(sara) == (False, False, False)
    sara.goes(f"/c/{SLUG}")
    assert WHY in sara.reads
    assert sara.goes(f"/c/{SLUG}/give").status == 409

    first.goes("/mod/frozen")
    first.follows(TITLE)
    assert first.page.get_by_role("button", name="ثبت تصمیم").count() == 0
    second.goes("/mod/frozen")
    second.follows(TITLE)
    second.chooses("مثل پیش ادامه می‌یابد")
    second.writes(reason="بررسی شد؛ همه‌چیز درست است.")
    second.presses("ثبت تصمیم")
    assert is_open(sara) == (True, True, True)
