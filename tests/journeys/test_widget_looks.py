"""How every kind of widget looks in every theme, light and dark, held against how it looked before.

Widgets wear the font the reader has, so pictures of two machines differ in every letter: letters are not drawn here.
What is compared is a small grid of the colours that are seen: each cell is the mean of its part of the screenshot. An
edge that is smoother hardly moves a mean; a bar, a button, a ground or a border of another colour or at another place
does. `make looks` writes the grids anew; the picture they were made from lies in the folder for
temporary files as `widget_looks.png`.
"""

import os
import re
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from campaigns.base.extensions import db
from campaigns.themes import THEMES
from campaigns.widgets import FRAMES, OF_A_CAMPAIGN, PICTURES
from tests.cast import mina, parisa, reza
from tests.promises import need
from tests.support.othersites import other_site, snippet
from tests.support.processes import Live
from tests.volunteering import driver, shift
from tests.worlds import UNIT_RIALS, gift, live_campaign

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(200)]
SHEET = Path(gettempdir()) / "widget_looks.png"
KNOWN = Path(__file__).with_name("widget_looks.txt")
COLUMNS, ROWS = 6, 4
NEAR = 26
"""How far a channel of a cell may move, of 255."""
MODES = ("light", "dark")
HOST = """<style>body {{ margin: 0; background: {ground} }} div {{ inline-size: 480px; padding: 8px }}
p {{ display: none }}</style>"""
GROUNDS = {"light": "#fff", "dark": "#111"}
NO_LETTERS = """addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { color: transparent !important; text-decoration: none !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
})"""
LETTERS = re.compile(r"<text.*?</text>", re.S)
Grid = list[tuple[int, int, int]]


def test_every_kind_looks_as_it_did_in_every_theme(
    app, live_server: Live, browser: Browser, tmp_path
) -> None:
    campaign = live_campaign(mina(), reza(), parisa())
    gift(campaign, UNIT_RIALS * 10, donor_name="سارا", hide_name=False)
    need(campaign, 40)
    shift(driver(campaign), places=3)
    pages = {(theme, mode): _page_of(app, live_server, theme, mode) for theme in THEMES for mode in MODES}
    db.session.rollback()
    seen: dict[str, Grid] = {}
    shots: dict[str, Image.Image] = {}
    page = browser.new_page(viewport={"width": 1040, "height": 3200})
    page.add_init_script(NO_LETTERS)
    page.route("**/*.svg*", _without_letters)
    for (theme, mode), body in pages.items():
        with other_site(body) as address:
            page.goto(address, wait_until="networkidle")
            shots[f"{theme} {mode}"] = whole = _shot(page)
        for kind in OF_A_CAMPAIGN:
            seen[f"{theme} {mode} {kind}"] = grid = _grid(whole.crop(_box(page, kind)))
            assert len(set(grid)) > 1, f"nothing was drawn of {kind}"
    page.close()
    if os.environ.get("RENEW"):
        _sheet(shots, SHEET)
        KNOWN.write_text("".join(f"{name}: {_written(grid)}\n" for name, grid in seen.items()))
    changed = [name for name, grid in seen.items() if not _alike(grid, _known().get(name, []))]
    if changed:
        sheet = _sheet(shots, SHEET)
        raise AssertionError(
            f"looks otherwise: {', '.join(changed)}. See {sheet}; if it is right: make looks"
        )
    assert _known().keys() == seen.keys()


def _page_of(app, site: Live, theme: str, mode: str) -> str:
    """All kinds on one page, each in a box of its own."""
    boxes = [
        f'<div id="{kind}">{snippet(app, kind, site.url, t=theme, m=mode)}</div>'.replace(
            ' loading="lazy"', ""
        )
        for kind in OF_A_CAMPAIGN
    ]
    return HOST.format(ground=GROUNDS[mode]) + "\n".join(boxes)


def _without_letters(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=LETTERS.sub("", answer.text()))


def _shot(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")


def _box(page: Page, kind: str) -> tuple[int, int, int, int]:
    """Where the widget itself stands: the frame, the picture, the link."""
    what = "iframe" if kind in FRAMES else "img" if kind in PICTURES else "a"
    found = page.locator(f"#{kind} {what}").bounding_box()
    assert found
    left, top = round(found["x"]), round(found["y"])
    return left, top, left + round(found["width"]), top + round(found["height"])


def _grid(picture: Image.Image) -> Grid:
    small = picture.resize((COLUMNS, ROWS), Image.Resampling.BOX)
    return [small.getpixel((x, y)) for y in range(ROWS) for x in range(COLUMNS)]  # type: ignore[misc]


def _alike(one: Grid, other: Grid) -> bool:
    return len(one) == len(other) and all(
        abs(here - there) <= NEAR
        for cell, before in zip(one, other, strict=True)
        for here, there in zip(cell, before, strict=True)
    )


def _written(grid: Grid) -> str:
    return " ".join("".join(f"{channel:02x}" for channel in cell) for cell in grid)


def _known() -> dict[str, Grid]:
    lines = KNOWN.read_text().splitlines() if KNOWN.exists() else []
    pairs = (line.split(": ") for line in lines)
    return {name: [_cell(text) for text in cells.split()] for name, cells in pairs}


def _cell(text: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(text)
    return red, green, blue


def _sheet(shots: dict[str, Image.Image], path: Path) -> Path:
    """All of it as one picture, a column for each theme and mode."""
    small = [shot.resize((shot.width // 2, shot.height // 2)) for shot in shots.values()]
    sheet = Image.new("RGB", (sum(shot.width for shot in small), max(shot.height for shot in small)))
    across = 0
    for shot in small:
        sheet.paste(shot, (across, 0))
        across += shot.width
    sheet.save(path)
    return path
