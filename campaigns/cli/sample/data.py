"""The sample files as typed values. Money is rials; days are counted from today (negative: past)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
STEP_RIALS = 1_000_000


class SampleCounty(NamedTuple):
    province: str
    fa: str
    en: str


@dataclass(frozen=True)
class Words:
    """The texts of one language. `faq` holds the campaign's own questions, each {question, answer}."""

    title: str
    lead: str
    unit_name: str
    surplus_rule: str
    story: str
    faq: list[dict[str, str]]


@dataclass(frozen=True)
class Journey:
    """What becomes of the campaign: its state today, its days, how far (percent of the goal) and by how many.

    `changed` is the day it was paused, cancelled or complete: no gifts after it. `reason` stands on the page, or
    goes to the author.
    """

    state: str
    starts: int
    ends: int
    percent: int = 0
    gifts: int = 0
    changed: int | None = None
    reason: str = ""
    reason_code: str = ""


@dataclass(frozen=True)
class SampleUpdate:
    day: int
    title: str
    body: str
    waiting: bool = False


@dataclass(frozen=True)
class SampleCampaign:
    """One file of `campaigns/`. `author` and `organization` are keys; costs and presets are {fa, en, rials}."""

    slug: str
    organization: str
    author: str
    topic: str
    theme: str
    motif: str
    provinces: list[str]
    counties: list[SampleCounty]
    contact_name: str
    unit_price_rials: int
    unit_count: int
    costs: list[dict[str, Any]]
    presets: list[dict[str, Any]]
    intents: list[str]
    covers_overhead: bool
    goal_policy: str
    shared_faq: str
    journey: Journey
    fa: Words
    en: Words
    sibling: str | None = None
    updates: tuple[SampleUpdate, ...] = ()
    waiting_lead_fa: str = ""

    @property
    def goal_rials(self) -> int:
        return self.unit_price_rials * self.unit_count

    @property
    def target_rials(self) -> int:
        """What it has received today: its percent of the goal, rounded up to whole hundred thousands of tomans."""
        exact = self.goal_rials * self.journey.percent // 100
        return -(-exact // STEP_RIALS) * STEP_RIALS

    def words(self) -> dict[str, Words]:
        return {"fa": self.fa, "en": self.en}


@dataclass(frozen=True)
class SamplePerson:
    key: str
    name: str
    email: str
    role: str
    organization: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class SampleOrganization:
    slug: str
    name_fa: str
    name_en: str
    license_number: str
    phone: str
    about_fa: str
    about_en: str
    province: str | None = None


@dataclass(frozen=True)
class Donors:
    """How donors are shown, what they say (`unfit`: what a moderator refuses), whom they think of."""

    people: list[str]
    groups: list[str]
    firms: list[str]
    messages: list[str]
    unfit_messages: list[str]
    dedications: list[str]
    messages_by_topic: dict[str, list[str]]


@cache
def campaigns() -> tuple[SampleCampaign, ...]:
    """All of them, in the order of their files."""
    return tuple(_campaign(_read(path)) for path in sorted((FOLDER / "campaigns").glob("*.toml")))


@cache
def organizations() -> tuple[SampleOrganization, ...]:
    return tuple(SampleOrganization(**row) for row in _read(FOLDER / "organizations.toml")["organization"])


@cache
def people() -> tuple[SamplePerson, ...]:
    return tuple(SamplePerson(**row) for row in _read(FOLDER / "people.toml")["person"])


@cache
def password() -> str:
    """The one every sample person has."""
    return str(_read(FOLDER / "people.toml")["password"])


@cache
def donors() -> Donors:
    return Donors(**_read(FOLDER / "donors.toml"))


@cache
def shared_faq() -> dict[str, dict[str, dict[str, str]]]:
    """Questions many campaigns share: key → language → {question, answer}."""
    return _read(FOLDER / "faq.toml")


def read_file(name: str) -> dict[str, Any]:
    """Another file of the sample, as it is."""
    return _read(FOLDER / name)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _campaign(raw: dict[str, Any]) -> SampleCampaign:
    edit = raw.pop("waiting_edit", {})
    return SampleCampaign(
        **raw
        | {
            "counties": [SampleCounty(*row) for row in raw["counties"]],
            "journey": Journey(**raw["journey"]),
            "fa": Words(**raw["fa"]),
            "en": Words(**raw["en"]),
            "updates": tuple(SampleUpdate(**row) for row in raw.get("updates", [])),
            "waiting_lead_fa": edit.get("lead_fa", ""),
        }
    )
