"""What each donor meant, did and was told, written down by the donor alone: the site has no hand in it."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

SAID_EVERY = 500


@dataclass
class Gift:
    """`code`: the tracking code the donor was shown. `paid_at_bank`: how often the bank said to them that they had
    paid. `way_back`: where the bank sent them. `told`: what the receipt said last, by its title. `gave_up`: why they
    went no further.
    """

    number: int
    slug: str
    rials: int
    code: str = ""
    paid_at_bank: int = 0
    way_back: str = ""
    told: str = ""
    gave_up: str = ""
    retries: int = 0
    callbacks: int = 0
    events: list[str] = field(default_factory=list)


class Journal:
    """Kept in memory, and in a file for who wants to know what happened. `say`: told how far it has come."""

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        self.gifts: list[Gift] = []
        self._lock, self._path, self._say = threading.Lock(), path, say

    def close(self, gift: Gift, gave_up: str) -> None:
        """The donor does nothing more about this gift."""
        gift.gave_up = gave_up
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            self.gifts.append(gift)
            file.write(json.dumps(asdict(gift), ensure_ascii=False) + "\n")
            if len(self.gifts) % SAID_EVERY == 0:
                self._say(f"{len(self.gifts)} gifts")
