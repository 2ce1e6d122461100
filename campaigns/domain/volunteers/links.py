"""The signed word that opens a volunteer's own page."""

from campaigns.base.tokens import TokenInvalid, read, sign
from campaigns.domain.volunteers.profile_models import Volunteer, VolunteerRequest
from campaigns.domain.volunteers.queries import by_code

PURPOSE = "volunteer"


def own(code: str) -> str:
    return sign(PURPOSE, code)


def owned(token: str) -> Volunteer | VolunteerRequest | None:
    """What a link is for; nothing once it has been erased."""
    try:
        code = read(PURPOSE, token)
    except TokenInvalid:
        return None
    found = by_code(code) if isinstance(code, str) else None
    return None if isinstance(found, Volunteer) and found.erased_at else found


def proven(code: str, last_digits: str) -> Volunteer | VolunteerRequest | None:
    """What this code is for, when the mobile number behind it ends in these digits."""
    found = by_code(code)
    person = found.volunteer if isinstance(found, VolunteerRequest) else found
    if person is None or not person.mobile or person.mobile[-4:] != last_digits:
        return None
    return found
