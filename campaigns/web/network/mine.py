"""A volunteer's own page, opened by a signed link: how it stands, changing it, leaving, being forgotten.

A later sign-up with a known number has a page like this of its own. It shows what was written there and nothing else.
"""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.insights.portal import has_samples
from campaigns.domain.regions.models import County, Province
from campaigns.domain.regions.queries import provinces
from campaigns.domain.volunteers import profiles
from campaigns.domain.volunteers.erasing import erase, forget_files
from campaigns.domain.volunteers.links import owned
from campaigns.domain.volunteers.profile_models import Volunteer, VolunteerRequest
from campaigns.domain.volunteers.profiles import Profile
from campaigns.domain.volunteers.specialities import by_id
from campaigns.domain.volunteers.words import SLOT_LABELS, STATE_LABELS, State, slots_of
from campaigns.web.guards import public
from campaigns.web.locale import language
from campaigns.web.network.forms import LeaveForm, ProfileForm

page = Blueprint("mine", __name__)
Mine = Volunteer | VolunteerRequest
FACES = {
    "waiting": State.REGISTERED,
    "refused": State.DECLINED,
    "withdrawn": State.LEFT,
}
"""A later sign-up looks like any other."""
SHAPES = {
    State.REGISTERED: "○",
    State.CHECKING: "◔",
    State.VERIFIED: "●",
    State.MORE: "◑",
    State.DECLINED: "✕",
    State.LEFT: "■",
}


@page.get("/mine/<token>")
@public()
def show(token: str) -> ResponseReturnValue:
    mine = _owned(token)
    profile = _profile(mine)
    known = by_id()
    state = _state(mine)
    return render_template(
        "network/mine.html",
        sample=has_samples(),
        token=token,
        mine=mine,
        profile=profile,
        place=db.session.get_one(Province, profile.province_code),
        county=db.session.get(County, profile.county_id) if profile.county_id else None,
        specialities=[known[one] for one in profile.speciality_ids if one in known],
        slots=[SLOT_LABELS[slot] for slot in slots_of(profile.slots)],
        state=state.value,
        label=STATE_LABELS[state],
        shape=SHAPES[state],
        reason=mine.reason if isinstance(mine, Volunteer) else "",
    )


@page.get("/mine/<token>/change")
@public()
def edit(token: str) -> ResponseReturnValue:
    mine = _owned(token)
    profile = _profile(mine)
    form = ProfileForm(_province(mine), formdata=None, data=ProfileForm.filled(profile))
    return _form_page(token, form)


@page.post("/mine/<token>/change")
@public()
def change(token: str) -> ResponseReturnValue:
    mine = _owned(token)
    form = ProfileForm(_province(mine), data=ProfileForm.filled(_profile(mine)))
    if not form.validate() or form.website.data:
        return _form_page(token, form), 422
    if isinstance(mine, Volunteer):
        profiles.change(mine, form.profile())
    else:
        profiles.rewrite(mine, form.profile())
    db.session.commit()
    return redirect(url_for("network.mine.show", token=token), 303)


@page.get("/mine/<token>/leave")
@public()
def leaving(token: str) -> ResponseReturnValue:
    """Where one leaves. Looking does nothing."""
    _owned(token)
    return render_template("network/leave.html", token=token, form=LeaveForm(formdata=None))


@page.post("/mine/<token>/leave")
@public()
def leave(token: str) -> ResponseReturnValue:
    """Whoever is forgotten has no page any more."""
    mine, form = _owned(token), LeaveForm()
    form.validate()
    files: list[str] = []
    if isinstance(mine, VolunteerRequest):
        profiles.withdraw(mine)
        if form.erase.data:
            db.session.delete(mine)
    elif form.erase.data:
        files = erase(mine)
    else:
        profiles.leave(mine)
    db.session.commit()
    forget_files(files, _settings().data_dir)
    if form.erase.data:
        return redirect(url_for("network.mine.forgotten"), 303)
    return redirect(url_for("network.mine.show", token=token), 303)


@page.get("/forgotten")
@public()
def forgotten() -> ResponseReturnValue:
    return render_template("network/forgotten.html")


def _owned(token: str) -> Mine:
    """404 for a link that is not ours, and for somebody who was forgotten."""
    return owned(token) or abort(404)


def _profile(mine: Mine) -> Profile:
    return profiles.profile_of(mine) if isinstance(mine, Volunteer) else profiles.typed_in(mine)


def _state(mine: Mine) -> State:
    return State(mine.state) if isinstance(mine, Volunteer) else FACES[mine.state]


def _province(mine: Mine) -> Province:
    """Another one can be chosen by its code in the address: `?province=`."""
    code = request.args.get("province", "") or _profile(mine).province_code
    return db.session.get(Province, code) or abort(404)


def _form_page(token: str, form: ProfileForm) -> str:
    return render_template(
        "network/change.html",
        token=token,
        form=form,
        place=form.province,
        provinces=provinces(language().code),
        problems=form.problems() if request.method == "POST" else [],
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
