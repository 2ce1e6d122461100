"""`flask accounts …`: people, their roles and the organizations they work for, from the console."""

import click
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from campaigns.base.extensions import db
from campaigns.base.text import clean
from campaigns.base.tokens import hash_secret, new_secret
from campaigns.cli.groups import Group
from campaigns.domain.accounts import actions, queries, resets
from campaigns.domain.accounts.access import grants_of
from campaigns.domain.accounts.administrators import LastAdministrator
from campaigns.domain.accounts.grants import grant_role, revoke_role
from campaigns.domain.accounts.identity import Login, login_of
from campaigns.domain.accounts.models import Grant, Organization, User
from campaigns.domain.accounts.passwords import hash_password
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.accounts.weak import MAX_LENGTH, MIN_LENGTH, Weakness, weakness
from campaigns.domain.campaigns.queries import by_slug
from campaigns.domain.factors import actions as factors
from campaigns.domain.notices import letters
from campaigns.domain.regions.queries import province

WEAK = {
    Weakness.SHORT: f"The password needs at least {MIN_LENGTH} characters.",
    Weakness.LONG: f"The password may have at most {MAX_LENGTH} characters.",
    Weakness.COMMON: "Many people use this password. Choose another.",
    Weakness.PERSONAL: "The password has too much of the person's name, e-mail or number in it.",
}
LAST = "Nobody else could administrate the country then. Make another administrator first."
ROLES = click.Choice([role.value for role in Role])

accounts = Group("accounts", help="People, their roles and their organizations.")
accounts.acts = True


@accounts.command("create")
@click.option("--name", prompt="Name", help="As letters and logs call the person.")
@click.option("--login", prompt="E-mail or mobile", help="What the person signs in with.")
@click.option("--role", type=ROLES, prompt="Role")
@click.option("--province", "province_code", help="The role holds in this province (IR-nn) only.")
@click.option("--organization", "organization_slug", help="Whom the person works for.")
@click.option("--language", type=click.Choice(["fa", "en"]), default="fa", show_default=True)
@click.option("--password", envvar="POOYESH_PASSWORD", help="Asked for when not given; or POOYESH_PASSWORD.")
@click.option("--invite", is_flag=True, help="Set no password; print a link to choose one instead.")
def create(
    *,
    name: str,
    login: str,
    role: str,
    province_code: str | None,
    organization_slug: str | None,
    language: str,
    password: str | None,
    invite: bool,
) -> None:
    """Creates an account with one role. The first administrator is made this way."""
    known = login_of(login)
    if not known:
        raise click.ClickException(f"«{login}» is neither an e-mail address nor a mobile number.")
    place = _place(province_code, None)
    house = _organization(organization_slug)
    kept_hash = None
    if not invite:
        kept_hash = hash_password(_checked(password or _asked(), (name, known.email, known.mobile)))
    user = _new_person(clean(name), known, kept_hash, language)
    grant_role(user, Role(role), **place, organization_id=house)
    link = _link(user) if invite else ""
    db.session.commit()
    click.echo(f"{user.name} may sign in with {known.email or known.mobile} as {role}.")
    if link:
        click.echo(link)


@accounts.command("grant")
@click.argument("login")
@click.argument("role", type=ROLES)
@click.option("--province", "province_code", help="IR-nn: in this province only.")
@click.option("--campaign", "campaign_slug", help="On this campaign only.")
@click.option("--organization", "organization_slug", help="Whom the person works for.")
def grant(
    login: str,
    role: str,
    province_code: str | None,
    campaign_slug: str | None,
    organization_slug: str | None,
) -> None:
    """Gives somebody a role: in the country, in a province or on a campaign."""
    user = _person(login)
    place = _place(province_code, campaign_slug)
    grant_role(user, Role(role), **place, organization_id=_organization(organization_slug))
    db.session.commit()
    click.echo(f"{user.name} is {role} now.")


@accounts.command("revoke")
@click.argument("login")
@click.argument("role", type=ROLES)
@click.option("--province", "province_code", help="IR-nn: in this province.")
@click.option("--campaign", "campaign_slug", help="On this campaign.")
def revoke(login: str, role: str, province_code: str | None, campaign_slug: str | None) -> None:
    """Takes a role away, exactly where it was given."""
    user = _person(login)
    try:
        taken = revoke_role(user, Role(role), **_place(province_code, campaign_slug))
    except LastAdministrator:
        raise click.ClickException(LAST) from None
    if not taken:
        raise click.ClickException(f"{user.name} is not {role} there. See `flask accounts list`.")
    db.session.commit()
    click.echo(f"{user.name} is no longer {role} there.")


@accounts.command("list")
def list_people() -> None:
    """Everybody, with their roles."""
    for user in queries.people():
        roles = ", ".join(_said(held) for held in grants_of(user.id)) or "no role"
        state = "" if user.is_enabled else " [disabled]"
        click.echo(f"{user.email or user.mobile}  {user.name}{state}: {roles}")


@accounts.command("reset-link")
@click.argument("login")
def reset_link(login: str) -> None:
    """Prints a link to choose a new password, for somebody whom no letter reaches."""
    link = _link(_person(login))
    db.session.commit()
    click.echo(link)
    click.echo(f"It works once, within {resets.VALID_MINUTES} minutes.")


@accounts.command("reset-factors")
@click.argument("login")
def reset_factors(login: str) -> None:
    """For somebody who lost phone and paper: no second step is left, no session; a letter tells the person.

    Make sure by another way that it is the person who asks. Whose role demands a second step sets up
    another at the next sign-in.
    """
    user = _person(login)
    factors.reset(user)
    with force_locale(user.language):
        sentence = _("An operator removed everything that you sign in with beside the password.")
    letters.second_factor_changed(user, what=sentence, key=hash_secret(new_secret()))
    db.session.commit()
    click.echo(f"{user.name} signs in with the password alone next time, and is told by letter.")


@accounts.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Shuts somebody out at once, wherever they are signed in."""
    try:
        actions.set_enabled(_person(login), False)
    except LastAdministrator:
        raise click.ClickException(LAST) from None
    db.session.commit()


@accounts.command("enable")
@click.argument("login")
def enable(login: str) -> None:
    """Lets somebody in again."""
    actions.set_enabled(_person(login), True)
    db.session.commit()


@accounts.command("organization")
@click.argument("slug")
@click.option("--name-fa", prompt="Name in Persian")
@click.option("--name-en", prompt="Name in English")
@click.option("--license", "license_number", prompt="Number of its licence")
@click.option("--phone", prompt="Phone")
@click.option("--province", "province_code", help="IR-nn, for an office of one province.")
def organization(
    *, slug: str, name_fa: str, name_en: str, license_number: str, phone: str, province_code: str | None
) -> None:
    """Adds an organization that may run campaigns."""
    if queries.organization(slug) is not None:
        raise click.ClickException(f"There is an organization «{slug}» already.")
    house = Organization(
        slug=slug,
        name_fa=clean(name_fa),
        name_en=clean(name_en),
        license_number=clean(license_number),
        phone=clean(phone),
        province_code=_place(province_code, None)["province_code"],
    )
    db.session.add(house)
    db.session.commit()
    click.echo(f"Added {house.name_fa}.")


def _new_person(name: str, login: Login, password_hash: str | None, language: str) -> User:
    if not name:
        raise click.ClickException("The name is empty.")
    try:
        return actions.create_person(
            name, email=login.email, mobile=login.mobile, password_hash=password_hash, language=language
        )
    except actions.AlreadyKnown:
        raise click.ClickException(f"Somebody has «{login.email or login.mobile}» already.") from None


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _checked(password: str, about: tuple[str | None, ...]) -> str:
    weak = weakness(password, about)
    if weak is not None:
        raise click.ClickException(WEAK[weak])
    return password


def _person(login: str) -> User:
    user = queries.person(login_of(login))
    if user is None:
        raise click.ClickException(f"Nobody has «{login}». See `flask accounts list`.")
    return user


def _place(province_code: str | None, campaign_slug: str | None) -> dict[str, object]:
    if province_code and campaign_slug:
        raise click.ClickException("A role holds in a province or on a campaign, not both.")
    if province_code and province(province_code) is None:
        raise click.ClickException(f"There is no province «{province_code}»; run `flask regions seed` first.")
    campaign = by_slug(campaign_slug) if campaign_slug else None
    if campaign_slug and campaign is None:
        raise click.ClickException(f"There is no campaign «{campaign_slug}».")
    return {"province_code": province_code, "campaign_id": campaign.id if campaign else None}


def _organization(slug: str | None) -> int | None:
    if slug is None:
        return None
    house = queries.organization(slug)
    if house is None:
        raise click.ClickException(f"There is no organization «{slug}».")
    return house.id


def _link(user: User) -> str:
    path = current_app.url_map.bind("").build("account.reset.choose", {"secret": resets.new_link(user)})
    return f"{current_app.config['SETTINGS'].site_url}{path}"


def _said(held: Grant) -> str:
    where = held.province_code or (f"campaign {held.campaign_id}" if held.campaign_id else "country")
    return f"{held.role} ({where})"
