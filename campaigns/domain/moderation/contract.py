"""What every kind of thing that waits for a moderator has in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement

from campaigns.domain.accounts.access import Where
from campaigns.domain.accounts.models import User
from campaigns.domain.moderation.verdicts import Verdict


class CannotUndo(Exception):
    """The thing has moved on since the decision."""


class CannotApply(Exception):
    """What was asked for is no longer possible; `why` is a word for the door."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Item:
    """One thing in the queue. `campaign` is the one it belongs to; what belongs to none says `where` it is.

    `titles`: what a list calls it in Persian and in English; empty where its campaign's title says it.
    """

    kind: str
    public_id: str
    campaign: Any
    author_id: int | None  # none: a donor without an account
    waiting_since: datetime
    thing: Any
    where: Where | None = None
    titles: tuple[str, str] = ("", "")


class Subject(Protocol):
    """A kind of thing. `table` holds its rows, `signs` names the columns that say whether one of them waits, `service`
    is how soon it is due (`service.HOURS`).
    """

    @property
    def kind(self) -> str: ...
    @property
    def verdicts(self) -> tuple[Verdict, ...]: ...
    @property
    def table(self) -> Any: ...
    @property
    def signs(self) -> tuple[str, ...]: ...
    @property
    def service(self) -> str: ...

    def condition(self) -> ColumnElement[bool]: ...
    def waits_now(self, row: Any) -> bool: ...
    def item(self, row: Any) -> Item: ...
    def find(self, public_id: str) -> Item | None: ...
    def is_waiting(self, item: Item) -> bool: ...
    def content(self, item: Item) -> Any: ...
    def round(self, item: Item) -> int: ...
    def approvals_needed(self, item: Item) -> int: ...
    def apply(self, item: Item, verdict: Verdict, actor: User, note: str) -> None: ...
    def undo(self, item: Item, verdict: Verdict, actor: User) -> None: ...
