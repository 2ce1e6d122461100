"""The files of a block as its rows: one is moved by a button, one is taken out. Pictures and documents alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import csrf
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import blocks as lists
from campaigns.domain.campaigns.block_kinds import Block
from campaigns.domain.campaigns.models import Campaign
from campaigns.web.desk.blockwork import is_read, keep, one_of, refused, to_block, working
from campaigns.web.desk.mine import mine

EDITS = Permission.EDIT_CAMPAIGN


@dataclass(frozen=True)
class Rows:
    """`name`: of the list in a block; `file`: the key that names the file in each row."""

    name: str
    file: str

    def block(self, campaign: Campaign, name: str) -> Block:
        """The block of this name; 404 where there is none, or one without such rows."""
        found = one_of(campaign, name)
        return found if self.name in found else abort(404)

    def move(self, public_id: str, block: str, file: str) -> ResponseReturnValue:
        """One up or down, as the button says."""
        way = request.form.get("way", "")

        def change(rows: list[Any]) -> list[Any]:
            place = next((place for place, one in enumerate(rows) if one[self.file] == file), -1)
            return lists.moved(rows, place, way)

        return self._change(public_id, block, change)

    def remove(self, public_id: str, block: str, file: str) -> ResponseReturnValue:
        """Safe to send twice."""
        return self._change(public_id, block, lambda rows: [one for one in rows if one[self.file] != file])

    def keep(self, campaign: Campaign, block: Block, rows: list[Any], marks: Any = None) -> None:
        """Saves and commits the block with these rows."""
        keep(campaign, lists.put(working(campaign), block | {self.name: rows}), marks)

    def _change(
        self, public_id: str, block: str, change: Callable[[list[Any]], list[Any]]
    ) -> ResponseReturnValue:
        campaign = mine(public_id, EDITS, lock=True)
        csrf.protect()
        found = self.block(campaign, block)
        if is_read(campaign):
            return refused(campaign)
        self.keep(campaign, found, change(found[self.name]))
        return to_block(public_id, block)


PICTURES = Rows("pictures", "picture")
PAPERS = Rows("papers", "paper")
