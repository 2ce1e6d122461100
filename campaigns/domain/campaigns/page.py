"""What the page of one campaign shows: plain values, no database of its own. Templates draw it, nothing else.

All sums are rials as the ledger says. `unit` counts what the goal is made of: a dowry, a wheelchair.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import count

from campaigns.domain.campaigns.block_page import ShownBlock, placed
from campaigns.domain.campaigns.whole import Whole

MOST_CELLS = 60
"""A drawing has at most so many cells; beyond, each stands for several units."""
_ROUND = (1, 2, 5)


class Phase(StrEnum):
    """The face a page wears. Derived from state, days and money; the template draws every one."""

    PREVIEW = "preview"
    SCHEDULED = "scheduled"
    FIRST_UNIT = "first_unit"
    LIVE = "live"
    NEARLY = "nearly"  # 90 percent and more
    REACHED_OPEN = "reached_open"
    REACHED_CLOSED = "reached_closed"
    PAUSED = "paused"
    FROZEN = "frozen"
    ENDED_REACHED = "ended_reached"
    ENDED_SHORT = "ended_short"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CostRow:
    label: str
    rials: int


@dataclass(frozen=True)
class PresetAmount:
    rials: int
    thing: str


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class News:
    title: str
    body: str  # Markdown
    language: str
    shown_at: datetime


@dataclass(frozen=True)
class WallRow:
    """One received gift as its donor wants to be seen. `name` empty: anonymous; `rials` None: hidden."""

    name: str
    rials: int | None
    message: str
    received_at: datetime


@dataclass(frozen=True)
class Wall:
    """The newest gifts, and how many more stand behind them: together they are all gifts of the bar."""

    rows: Sequence[WallRow]
    others: int


@dataclass(frozen=True)
class Question:
    question: str
    answer: str  # Markdown


@dataclass(frozen=True)
class Organizer:
    name: str
    slug: str
    license_number: str
    phone: str
    contact_name: str
    contact_phone: str


@dataclass(frozen=True)
class Milestone:
    """A quarter of the way, in whole units."""

    units: int
    done: bool


@dataclass(frozen=True)
class Sibling:
    """The sister campaign gifts are sent on to."""

    slug: str
    title: str


@dataclass(frozen=True)
class Partner:
    """An organization that stands behind the campaign today."""

    slug: str
    name: str


@dataclass(frozen=True)
class Document:
    """A memorandum that serves the campaign and everybody may read."""

    public_id: str
    subject: str


@dataclass(frozen=True)
class MatchOffer:
    """A sponsor doubles gifts until the cap or the last day is reached."""

    sponsor: str
    cap_rials: int
    left_rials: int
    last_day: date


@dataclass(frozen=True)
class CampaignPage:
    slug: str
    short_code: str
    state: str
    state_reason: str
    state_changed_at: datetime
    text_language: str  # of title, lead and story; may differ from the page's language
    title: str
    lead: str
    story: str  # Markdown
    topic: str
    topic_label: str
    theme: str
    motif: str
    provinces: Sequence[Choice]  # code and name
    counties: Sequence[str]
    organizer: Organizer
    approved_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    today: date
    unit_name: str
    unit_price_rials: int
    unit_count: int
    costs: Sequence[CostRow]
    covers_overhead: bool
    received_rials: int
    gifts: int
    minimum_rials: int
    presets: Sequence[PresetAmount]
    intents: Sequence[Choice]
    goal_policy: str
    surplus_rule: str
    sibling: Sibling | None
    updates: Sequence[News]
    wall: Wall
    faq: Sequence[Question]
    accent: str = ""  # its own colour
    blocks: Sequence[ShownBlock] = ()
    matching: Sequence[MatchOffer] = ()
    partners: Sequence[Partner] = ()
    approvals: int = 0  # how many people approved it
    documents: Sequence[Document] = ()
    is_sample: bool = False
    is_preview: bool = False
    waits_for: Sequence[str] = field(default_factory=tuple)
    whole: Whole | None = None  # of a national campaign: its numbers are those of its provinces

    @property
    def goal_rials(self) -> int:
        return self.whole.goal_rials if self.whole else self.unit_price_rials * self.unit_count

    @property
    def placed(self) -> frozenset[str]:
        """Sections that stand where their block is (`block_kinds.PLACED`)."""
        return placed(self.blocks)

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 only when the goal is really there."""
        return self.received_rials * 100 // self.goal_rials if self.goal_rials else 0

    @property
    def left_rials(self) -> int:
        return max(0, self.goal_rials - self.received_rials)

    @property
    def over_percent(self) -> int:
        return max(0, self.percent - 100)

    @property
    def reached(self) -> bool:
        return self.goal_rials > 0 and self.received_rials >= self.goal_rials

    @property
    def units_done(self) -> int:
        """Whole units the money received makes possible."""
        if self.whole:
            return self.whole.units_done
        return self.received_rials // self.unit_price_rials if self.unit_price_rials else 0

    @property
    def next_unit(self) -> int:
        """Which unit the next gift helps to complete, counted from one."""
        return self.units_done + 1

    @property
    def next_unit_received_rials(self) -> int:
        return self.received_rials % self.unit_price_rials if self.unit_price_rials else 0

    @property
    def next_unit_left_rials(self) -> int:
        return self.unit_price_rials - self.next_unit_received_rials

    @property
    def units_per_cell(self) -> int:
        """How many units a cell of the drawing stands for: the least round number with which they fit."""
        each = 1
        while -(-self.unit_count // each) > MOST_CELLS:
            each = next(step for step in _round_numbers() if step > each)
        return each

    @property
    def cells(self) -> int:
        """How many cells the drawing has, at least one."""
        return max(1, -(-self.unit_count // self.units_per_cell))

    @property
    def cells_lit(self) -> int:
        """Cells whose units are all there; every one when the goal is."""
        return self.cells if self.reached else min(self.cells - 1, self.units_done // self.units_per_cell)

    @property
    def days_left(self) -> int | None:
        """Days to give, the last one included; None when there is no last day, 0 when it is over."""
        return max(0, (self.ends_on - self.today).days + 1) if self.ends_on else None

    @property
    def milestones(self) -> list[Milestone]:
        """Quarters of the goal in whole units; fewer when the goal has fewer than four units."""
        quarters = sorted({-(-self.unit_count * quarter // 4) for quarter in (1, 2, 3, 4)} - {0})
        return [Milestone(units, self.units_done >= units) for units in quarters]

    @property
    def phase(self) -> Phase:
        if self.is_preview:
            return Phase.PREVIEW
        fixed = {
            "approved": Phase.SCHEDULED,
            "paused": Phase.PAUSED,
            "frozen": Phase.FROZEN,
            "cancelled": Phase.CANCELLED,
        }
        if self.state in fixed:
            return fixed[self.state]
        if self.state == "ended":
            return Phase.ENDED_REACHED if self.reached else Phase.ENDED_SHORT
        if self.reached:
            return Phase.REACHED_OPEN if self.goal_policy == "continue" else Phase.REACHED_CLOSED
        if self.percent >= 90:
            return Phase.NEARLY
        return Phase.FIRST_UNIT if not self.units_done else Phase.LIVE

    @property
    def accepts_gifts(self) -> bool:
        return self.phase in {Phase.FIRST_UNIT, Phase.LIVE, Phase.NEARLY, Phase.REACHED_OPEN}


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, 100 …"""
    for power in count():
        yield from (step * 10**power for step in _ROUND)
