"""What the walk finds on the desk of needs."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_data import read_line
from campaigns.domain.goods.need_edits import row, save
from campaigns.domain.goods.need_models import About
from tests.domain.goods.needy import need, place


class NeedRooms:
    campaign: Campaign
    mina: User

    def _needs(self) -> dict[str, str]:
        """A need, a place, and a change that waits."""
        line, there = need(self.campaign), place(self.campaign)
        after = read_line(line) | {"quantity": 50}
        edit = save(self.campaign, About.LINE, [row(About.LINE, line, after)], self.mina)
        assert edit is not None
        db.session.commit()
        return {"need": line.public_id, "dropoff": there.public_id, "edit": edit.public_id, "turn": "up"}
