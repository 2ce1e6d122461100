"""A gift from the posted form to the settled ledger, against the least: parse, insert, commit."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from time import monotonic, sleep
from urllib.parse import urlencode

from sqlalchemy import func, select

from benchmarks import client, load, seed, servers
from benchmarks.house import House, engines, house
from benchmarks.report import Goal, Section
from benchmarks.stubbank import NAME, reference
from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.ledger.kinds import Kind
from campaigns.domain.ledger.models import LedgerTxn, LedgerUnplaced
from campaigns.domain.ledger.queries import disagreements
from campaigns.web.give import formkey
from campaigns.web.give.formkey import LEAST_SECONDS

DONORS = (1, 16, 64)
SECONDS = 5.0
FORMS = 24_000
LEAST, LEAST_TOGETHER = 0.2, 0.8
TO_BANK = re.compile(rb"https://bank\.example/stub-([\w-]+)")
_FORM = {
    "amount": "500000",
    "intent": seed.INTENT,
    "shown_as": "named",
    "name": "سارا",
    "mobile": "09120000000",
}
_FORM |= {"dedication": "", "message": "به امید روزهای بهتر", "website": ""}


class Forms:
    """Forms as visitors would have them open: each with its own signed key, old enough to be believed."""

    def __init__(self, home: House, campaigns: int = 1) -> None:
        with home.app.app_context():
            ids = {
                row.slug: row.public_id
                for row in db.session.execute(select(Campaign.slug, Campaign.public_id))
            }
            slugs = [seed.slug(number) for number in range(1, campaigns + 1)]
            self.ready: Iterator[tuple[str, bytes]] = iter(
                [(slug, self._filled(ids[slug])) for n in range(FORMS) for slug in (slugs[n % campaigns],)]
            )
        sleep(LEAST_SECONDS)

    def _filled(self, public_id: str) -> bytes:
        return urlencode(_FORM | {"form_key": formkey.new(public_id)}).encode()


def story(forms: Forms) -> client.Story:
    """Form, answered with the hop page, and the bank's callback: after that the gift is in the book."""
    slug, form = next(forms.ready)
    hop = yield client.post(f"/c/{slug}/give", form)
    _expect(hop, 200, "form")
    ref = TO_BANK.search(hop.body)
    if ref is None:
        raise RuntimeError(f"no way to the bank: {hop.body[:500].decode(errors='replace')}")
    public_id = ref[1].decode()
    back = yield client.get(f"/pay/cb/{NAME}/{public_id}?ref={reference(public_id)}")
    _expect(back, 303, "callback")


def bare_story(numbers: Iterator[int]) -> client.Story:
    form = urlencode(_FORM | {"form_key": f"key-{next(numbers)}" + "x" * 100}).encode()
    _expect((yield client.post("/pledge", form)), 303, "bare pledge")


def measure() -> Section:
    section = Section(
        "A gift, from the form to the ledger",
        ["", *(f"{engine}, per second" for engine in engines())],
        notes=[
            "A gift is two requests (the form, answered with the page that leads to the bank; the callback) "
            "and four commits; the bank answers at once, inside the process. The worker runs beside the site "
            "and keeps the bars, as in `make run`.",
            "After each run every gift is looked up in the ledger and the bars are compared with it.",
            "Memory is what the processes of site and worker take together, shared pages counted once (PSS).",
            "Rate limits are off: all donors come from one address.",
        ],
    )
    rows: dict[str, list[str]] = {}
    for engine in engines():
        taken, slowest, memory = _of(engine)
        for name, values in taken.items():
            rows.setdefault(name, []).append(load.spread(values))
        rows.setdefault("99 of 100 gifts on one campaign by 16 donors took less than, ms", []).append(slowest)
        rows.setdefault("memory of site and worker after their busiest run, MB", []).append(f"{memory:.0f}")
        section.goals += _goals(engine, taken, memory)
    section.rows = [[name, *cells] for name, cells in rows.items()]
    return section


def _of(engine: str) -> tuple[dict[str, list[float]], str, float]:
    with (
        house(engine) as home,
        servers.granian("site", home.folder, "worker", **home.environment) as site,
        servers.granian("pledge", home.folder, **home.environment) as limit,
    ):
        slow: list[float] = []
        memory: list[float] = []
        numbers = count()
        one, many = Forms(home), Forms(home, seed.CAMPAIGNS)
        measures: dict[str, Callable[[], float]] = {}
        for donors in DONORS:
            measures[f"gifts, {donors} donors on one campaign"] = _gifts(home, site.port, donors, one, slow)
        measures["gifts, 64 donors on 64 campaigns"] = _gifts(home, site.port, 64, many, [])
        measures["bare pledges, 16 donors"] = lambda: (
            client.run(limit.port, 16, SECONDS, lambda: bare_story(numbers)).per_second
        )
        measures = {name: _weighed(measure, site, memory) for name, measure in measures.items()}
        taken = load.rounds(measures)
        return taken, load.spread(slow[1:]), max(memory)


def _weighed(measure: Callable[[], float], house: servers.Server, memory: list[float]) -> Callable[[], float]:
    """The measure, after which the memory of the whole house is noted."""

    def weighed() -> float:
        taken = measure()
        memory.append(house.memory_mb())
        return taken

    return weighed


def _gifts(home: House, port: int, donors: int, forms: Forms, slow: list[float]) -> Callable[[], float]:
    def measure() -> float:
        before = _settled(home)
        tally = client.run(port, donors, SECONDS, lambda: story(forms))
        if _settled(home) - before != tally.stories:
            raise RuntimeError("the ledger does not hold every gift exactly once")
        _compare_bars(home)
        if donors == 16:
            slow.append(tally.percentile(0.99))
        return tally.per_second

    return measure


def _settled(home: House) -> int:
    with home.app.app_context():
        return db.session.scalar(select(func.count()).where(LedgerTxn.kind == Kind.CAPTURE.value)) or 0


def _compare_bars(home: House) -> None:
    """Waits until the worker has placed every gift, then compares each bar with the book."""
    deadline = monotonic() + 60
    with home.app.app_context():
        while db.session.scalar(select(func.count()).select_from(LedgerUnplaced)):
            db.session.rollback()
            if monotonic() > deadline:
                raise RuntimeError("the worker does not keep up")
            sleep(0.1)
        if disagreements():
            raise RuntimeError(f"a bar does not say what the ledger says: {disagreements()[:3]}")


def _goals(engine: str, taken: dict[str, list[float]], memory: float) -> list[Goal]:
    one, spread = taken["gifts, 64 donors on one campaign"], taken["gifts, 64 donors on 64 campaigns"]
    bare = load.ratios(taken["gifts, 16 donors on one campaign"], taken["bare pledges, 16 donors"])
    together = load.ratios(one, spread)
    return [
        Goal(f"settled gifts ÷ bare pledges, 16 donors, {engine}", LEAST, median(bare)),
        Goal(f"64 donors on one campaign ÷ on 64 campaigns, {engine}", LEAST_TOGETHER, median(together)),
        Goal(f"memory of site and worker, MB, {engine}", 300, memory, at_least=False),
    ]


def _expect(reply: client.Reply, status: int, what: str) -> None:
    if reply.status != status:
        raise RuntimeError(f"{what} answered {reply.status}: {reply.body[:500].decode(errors='replace')}")
