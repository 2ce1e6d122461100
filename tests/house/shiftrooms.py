"""What the walk finds in the rooms of those who give time."""

from datetime import timedelta

from campaigns.base import clock
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.volunteers.thanks import issue
from tests.volunteering import checked_in, driver, shift, takes, volunteer


def shift_rooms(campaign: Campaign, actor: User) -> dict[str, str]:
    """A role with a shift to come, somebody on it, who was at an earlier one and has a certificate."""
    role, holder = driver(campaign), volunteer()
    with clock.at(clock.now() - timedelta(days=9)):
        [past] = takes(holder, shift(role))
    checked_in(past, 240, actor)
    coming = shift(role)
    [signup] = takes(holder, coming)
    thanks = issue(holder, campaign.id, whole_name=True)
    assert thanks is not None
    return {
        "role": role.public_id,
        "shift": coming.public_id,
        "past_shift": past.shift.public_id,
        "signup": signup.public_id,
        "past_signup": past.public_id,
        "shift_code": holder.code,
        "thanks": thanks.code,
    }
