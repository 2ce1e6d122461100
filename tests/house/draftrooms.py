"""What the walk finds of a campaign's past and of its drafts."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.drafts import make, token_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.versions import newest
from tests.worlds import change, ready_draft


class DraftRooms:
    campaign: Campaign
    mina: User

    def _drafts(self) -> dict[str, str]:
        """A version of the live campaign, a link to it, and one that shows a draft."""
        change(self.campaign, Part.LOOK, self.mina, motif="trees")
        version = newest(self.campaign.id, Part.LOOK)
        assert version is not None
        link = make(self.campaign, self.mina, 7)
        draft = ready_draft(self.mina, "a-draft")
        draft.accent = "#0b6e4f"
        shown = make(draft, self.mina, 7)
        db.session.commit()
        return {
            "version": version.public_id,
            "link": link.public_id,
            "draft_token": token_of(shown),
            "colour": "0b6e4f",
            "colours": "0b6e4f",
        }
