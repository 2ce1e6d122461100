"""What organizers do to needs and places. None of these commit.

What the public reads waits for a moderator once the campaign is past drafting. What only orders it, ends it or
says that it still holds is done at once: no new word is shown by it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.actions import changed, note_marks
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import EDITABLE, State, WrongMove
from campaigns.domain.goods import need_data
from campaigns.domain.goods.board import board
from campaigns.domain.goods.need_data import Data
from campaigns.domain.goods.need_models import About, DropOffPlace, EditState, NeedEdit, NeedLine, NeedState
from campaigns.domain.goods.need_queries import line_of, lines_of, place_of

Thing = NeedLine | DropOffPlace


def save(
    campaign: Campaign,
    about: About,
    rows: Sequence[Data],
    author: User,
    *,
    marks: Mapping[str, Any] | None = None,
    digest: str = "",
) -> NeedEdit | None:
    """Writes rows (`{"id", "before", "after"}`) into a draft, or lets them wait for a moderator.

    Returns the edit that waits, if one does. A newer edit of the same thing replaces the one still waiting or sent
    back. Raises `TooFew` when a draft's need would fall below what is promised, `WrongMove` while it is being
    reviewed.
    """
    if campaign.state == State.SUBMITTED:
        raise WrongMove("a campaign under review is not changed; withdraw it first")
    if campaign.state in EDITABLE:
        for row in rows:
            write(campaign, about, row)
        note_marks(campaign, marks)
        return None
    about_id = (rows[0]["id"] or "") if about is not About.IMPORT else ""
    if about_id:
        _replace(campaign, about, about_id)
    if about is not About.IMPORT and rows[0]["before"] == rows[0]["after"]:
        return None
    edit = NeedEdit(
        campaign=campaign,
        author=author,
        about=about.value,
        about_id=about_id,
        digest=digest,
        data={"rows": list(rows)},
        hidden_marks=dict(marks) if marks else None,
    )
    db.session.add(edit)
    db.session.flush()
    return edit


def row(about: About, thing: Thing | None, after: Data) -> Data:
    """One row of an edit: what there is, and what shall be."""
    before = _read(about, thing) if thing is not None else None
    return {"id": thing.public_id if thing is not None else None, "before": before, "after": after}


def write(campaign: Campaign, about: About, row: Data) -> None:
    """Writes one row. Raises `TooFew`."""
    if about is About.PLACE:
        need_data.write_place(campaign, place_of(campaign.id, row["id"]), row["after"])
    else:
        line = line_of(campaign.id, row["id"])
        need_data.write_line(campaign, line, row["after"], tehran_day(now()))


def apply(edit: NeedEdit) -> None:
    """Writes an edit a moderator has agreed to. Raises `TooFew` when more was promised meanwhile."""
    for row in edit.data["rows"]:
        write(edit.campaign, About(edit.about), row)
    edit.state, edit.decided_at = EditState.APPROVED.value, now()
    changed(edit.campaign)


def take_back(edit: NeedEdit) -> bool:
    """Undoes `apply`: things become what they were, new ones are hidden. False, and nothing done, when one of them
    has changed since or something was promised for it.
    """
    about = About(edit.about)
    found = [(row, _written(edit.campaign, about, row)) for row in edit.data["rows"]]
    for row, thing in found:
        if thing is None or _read(about, thing) != row["after"]:
            return False
        if isinstance(thing, NeedLine) and not _may_go_back(thing, row["before"]):
            return False
    for row, thing in found:
        if row["before"] is None and thing is not None:
            thing.state = NeedState.HIDDEN.value
        else:
            write(edit.campaign, about, row | {"after": row["before"]})
    changed(edit.campaign)
    return True


def withdraw(edit: NeedEdit) -> bool:
    """Its author takes it away before anybody has decided, or after it was sent back."""
    if edit.state not in {EditState.WAITING, EditState.RETURNED}:
        return False
    edit.state, edit.decided_at = EditState.WITHDRAWN.value, now()
    return True


def replaced(edit: NeedEdit) -> bool:
    """Whether a newer change of the same thing waits."""
    newer = _same(edit.campaign_id, edit.about, edit.about_id) & (NeedEdit.id > edit.id)
    waits = NeedEdit.state == EditState.WAITING.value
    return (
        bool(edit.about_id)
        and db.session.scalar(select(NeedEdit.id).where(newer, waits).limit(1)) is not None
    )


def close(line: NeedLine) -> None:
    """Nothing more is taken for it, in goods or in money; what has come stays counted."""
    if line.state == NeedState.SHOWN:
        line.bought_when_closed = board(line.campaign_id).counts[line.id].bought
        line.state, line.closed_at = NeedState.CLOSED.value, now()
        changed(line.campaign)


def reopen(line: NeedLine) -> None:
    if line.state == NeedState.CLOSED:
        line.bought_when_closed, line.state, line.closed_at = 0, NeedState.SHOWN.value, None
        changed(line.campaign)


def hide(thing: Thing) -> bool:
    """Takes a line of a draft away, or a place of any campaign. False when something was promised for the line."""
    if isinstance(thing, NeedLine) and (
        thing.campaign.state not in EDITABLE or thing.reserved or thing.received
    ):
        return False
    thing.state = NeedState.HIDDEN.value
    changed(thing.campaign)
    return True


def shift(line: NeedLine, by: int) -> None:
    """Moves a line up (-1) or down (1) among its campaign's; money buys in this order."""
    lines = list(lines_of(line.campaign_id))
    here = lines.index(line)
    there = min(max(here + by, 0), len(lines) - 1)
    lines.insert(there, lines.pop(here))
    for position, each in enumerate(lines):
        each.position = position
    db.session.flush()
    changed(line.campaign)


def confirm(campaign: Campaign) -> None:
    """The organizer says today that every open need is still as it stands."""
    for line in lines_of(campaign.id):
        if line.state == NeedState.SHOWN:
            line.confirmed_on = tehran_day(now())
    changed(campaign)


def _replace(campaign: Campaign, about: About, about_id: str) -> None:
    unsettled = NeedEdit.state.in_((EditState.WAITING.value, EditState.RETURNED.value))
    same = _same(campaign.id, about.value, about_id)
    for earlier in db.session.scalars(select(NeedEdit).where(same, unsettled)):
        withdraw(earlier)


def _same(campaign_id: int, about: str, about_id: str) -> ColumnElement[bool]:
    return and_(NeedEdit.campaign_id == campaign_id, NeedEdit.about == about, NeedEdit.about_id == about_id)


def _read(about: About, thing: Thing) -> Data:
    return need_data.read_place(thing) if isinstance(thing, DropOffPlace) else need_data.read_line(thing)


def _written(campaign: Campaign, about: About, row: Data) -> Thing | None:
    """The thing a row was written into; a new place is known by what it says."""
    if about is not About.PLACE:
        line = line_of(campaign.id, row["id"])
        return line or need_data.with_key(campaign.id, need_data.key_of(row["after"]))
    if row["id"]:
        return place_of(campaign.id, row["id"])
    places = (
        select(DropOffPlace).where(DropOffPlace.campaign_id == campaign.id).order_by(DropOffPlace.id.desc())
    )
    return next(
        (one for one in db.session.scalars(places) if need_data.read_place(one) == row["after"]), None
    )


def _may_go_back(line: NeedLine, before: Data | None) -> bool:
    taken = line.reserved + line.received
    return taken <= before["quantity"] if before is not None else taken == 0
