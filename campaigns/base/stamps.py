"""Version stamps: an integer per thing that pages depend on, bumped in the transaction that changes it.

The page cache compares the stamps a page was made from with the present ones.
Names: `campaign:<id>`, `halt:<id>`, `portal`, `ledger`.
"""

from collections.abc import Callable, Iterable

from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from campaigns.base.conflicts import insert
from campaigns.base.extensions import Model, db

PORTAL = "portal"
LEDGER = "ledger"
HALT = "halt:"
_bumped: list[Callable[[Iterable[str]], None]] = []


class Stamp(Model):
    __tablename__ = "stamp"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)


def of_campaign(campaign_id: int) -> str:
    return f"campaign:{campaign_id}"


def of_halt(campaign_id: int) -> str:
    """Moves when a campaign stops taking gifts: no page that asks for them stands in for a newer one after that."""
    return f"{HALT}{campaign_id}"


def of_asking(campaign_id: int) -> tuple[str, str]:
    """What a page follows that asks for gifts to this campaign."""
    return of_campaign(campaign_id), of_halt(campaign_id)


def bump(*names: str) -> None:
    """Marks everything made from these stamps as old once this transaction commits. Sorted: no deadlocks."""
    more = {"version": Stamp.version + 1}
    row = insert(Stamp).on_conflict_do_update(index_elements=["name"], set_=more)
    session = db.session()
    session.execute(row, [{"name": name, "version": 2} for name in sorted(set(names))])
    session.info.setdefault("bumped", set()).update(names)


def versions(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Present versions; a stamp nobody bumped yet is 1."""
    wanted = list(names)
    rows = session.execute(select(Stamp.name, Stamp.version).where(Stamp.name.in_(wanted)))
    return dict.fromkeys(wanted, 1) | {row.name: row.version for row in rows}


def on_bump(listener: Callable[[Iterable[str]], None]) -> None:
    """Calls `listener(names)` in this process right after a commit that bumped them."""
    _bumped.append(listener)


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    names = session.info.pop("bumped", ())
    if names:
        for listener in _bumped:
            listener(names)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("bumped", None)
