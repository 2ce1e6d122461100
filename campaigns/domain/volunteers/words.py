"""The fixed words of the network: its five divisions, the times of a week, the states of a volunteer."""

from collections.abc import Iterable
from enum import IntFlag, StrEnum

from flask_babel import lazy_gettext as _l


class Division(StrEnum):
    """The five divisions of the network; memoranda are about one of them too."""

    HEALTH = "health"
    EMPOWERMENT = "empowerment"
    CULTURE = "culture"
    CONSTRUCTION = "construction"
    EXTRA_CURRICULAR = "extra_curricular"


DIVISION_LABELS = {
    Division.HEALTH: _l("Health"),
    Division.EMPOWERMENT: _l("Empowerment"),
    Division.CULTURE: _l("Culture"),
    Division.CONSTRUCTION: _l("Construction"),
    Division.EXTRA_CURRICULAR: _l("Extra-curricular"),
}


class Slot(IntFlag):
    """A time of the week; several are kept as their sum. The working week is Saturday to Wednesday."""

    MORNING = 1
    AFTERNOON = 2
    EVENING = 4
    THURSDAY = 8
    FRIDAY = 16
    NIGHT = 32


SLOT_LABELS = {
    Slot.MORNING: _l("Saturday to Wednesday, mornings"),
    Slot.AFTERNOON: _l("Saturday to Wednesday, afternoons"),
    Slot.EVENING: _l("Saturday to Wednesday, evenings"),
    Slot.THURSDAY: _l("Thursdays"),
    Slot.FRIDAY: _l("Fridays and holidays"),
    Slot.NIGHT: _l("Nights"),
}
ALL_SLOTS = sum(Slot)


def slots_of(kept: int) -> list[Slot]:
    """The times that are kept in one number."""
    return [slot for slot in Slot if slot & kept]


def kept(slots: Iterable[int]) -> int:
    """Several times as the number that is kept."""
    found = 0
    for slot in slots:
        found |= slot
    return found & ALL_SLOTS


class State(StrEnum):
    """Where a volunteer stands. Only the verified are counted in public and found by matching."""

    REGISTERED = "registered"
    CHECKING = "checking"
    VERIFIED = "verified"
    MORE = "more"
    DECLINED = "declined"
    LEFT = "left"


STATE_LABELS = {
    State.REGISTERED: _l("Registered"),
    State.CHECKING: _l("Being verified"),
    State.VERIFIED: _l("Verified"),
    State.MORE: _l("Something is missing"),
    State.DECLINED: _l("Declined"),
    State.LEFT: _l("Has left"),
}
