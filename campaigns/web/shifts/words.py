"""What people are told who cannot take a shift: what is missing, and what to do."""

from flask_babel import gettext as _

from campaigns.domain.volunteers.offers import RoleOffer
from campaigns.domain.volunteers.signups import Why


def sentence(why: Why, role: RoleOffer) -> str:
    """For the error summary, and beside the field."""
    return {
        Why.OVER: _("This shift can no longer be taken. Please choose another one."),
        Why.SPECIALITY: _(
            "This role is for people who have registered with the speciality “%(speciality)s”. Yours does not name it"
            " yet: add it on your page of the volunteer network, and a coordinator will look at it.",
            speciality=role.speciality,
        ),
        Why.UNVERIFIED: _(
            "A coordinator has not verified your speciality “%(speciality)s” yet. You need not do anything: as soon as"
            " that is done, you can take this shift.",
            speciality=role.speciality,
        ),
        Why.LICENCE: _(
            "This role needs the number of your licence. Add it on your page of the volunteer network."
        ),
        Why.ALREADY: _(
            "This shift has been taken for this number already. The page you were shown then says how it stands."
        ),
        Why.OVERLAP: _(
            "There is another shift at the same time: chosen here, or taken for this number before. One of them has to"
            " be given back first."
        ),
    }[why]


def field_of(why: Why) -> str:
    """The field beside which it stands."""
    return "code" if why in {Why.SPECIALITY, Why.UNVERIFIED, Why.LICENCE} else "shifts"
