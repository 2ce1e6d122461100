"""WebAuthn with browsers: what they are asked, and whether their answer proves it. https://www.w3.org/TR/webauthn-3/

The device always checks who holds it (user verification), so a passkey is two factors by itself. The challenge
is a word we signed, for one purpose and person and ten minutes, and is used once. A page carries its question
with it, so nothing is asked over the network and a page without the script only lacks this way.
"""

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from flask import current_app, request
from flask_babel import gettext as _

from campaigns.base.buckets import take
from campaigns.base.tokens import TokenInvalid, hash_secret, new_secret, read, sign
from campaigns.domain.accounts.models import User
from campaigns.domain.factors import passkeys
from campaigns.domain.factors.errors import BadPasskey
from campaigns.domain.factors.models import Passkey
from campaigns.domain.factors.queries import passkeys_of

SECONDS = 600
LONGEST = 20_000
ADD, SECOND, ENTER, PROOF = "add", "second", "enter", "proof"
"""What a challenge is for; it is good for nothing else."""
REQUIRED = UserVerificationRequirement.REQUIRED


def site() -> str:
    """The origin browsers sign for; in practice also the address the visitor used, if it is a trusted host."""
    settings = current_app.config["SETTINGS"]
    return str(settings.site_url if settings.production else request.host_url.rstrip("/"))


def are_possible() -> bool:
    """Passkeys belong to a name, which a bare number is not (such as the practice site's 127.0.0.1)."""
    try:
        ipaddress.ip_address(urlsplit(site()).hostname or "")
    except ValueError:
        return True
    return False


def to_add(user: User) -> str:
    """The question with which a browser makes a passkey for this person; empty where that cannot be."""
    if not are_possible():
        return ""
    who = PublicKeyCredentialUserEntity(
        id=user.public_id.encode(), name=user.email or user.mobile or "", display_name=user.name
    )
    options, _state = _server().register_begin(
        who,
        _described(passkeys_of(user.id)),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=REQUIRED,
        challenge=_challenge(ADD, user.id),
    )
    return json.dumps(options.public_key, default=dict)


def to_show(purpose: str, user: User | None = None) -> str:
    """The question with which a browser shows a passkey: one of this person's, or whichever it has for this site."""
    own = passkeys_of(user.id) if user else []
    if not are_possible() or (user is not None and not own):
        return ""
    options, _state = _server().authenticate_begin(
        _described(own), user_verification=REQUIRED, challenge=_challenge(purpose, user.id if user else 0)
    )
    return json.dumps(options.public_key, default=dict)


def add(user: User, answer: str, name: str) -> Passkey:
    """Keeps what the browser made. Raises `BadPasskey`. Does not commit."""
    try:
        response = RegistrationResponse.from_dict(_parsed(answer))
        challenge = _spent(response.response.client_data.challenge, ADD, user.id)
        made: AuthenticatorData = _server().register_complete(_state(challenge), response)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadPasskey from None
    data = made.credential_data
    if data is None or len(passkeys_of(user.id)) >= passkeys.MOST:
        raise BadPasskey
    return passkeys.add(user, data.credential_id, bytes(data), made.counter, name)


def shown(purpose: str, answer: str, user: User | None = None) -> Passkey:
    """The passkey that signed: of this person, or of whoever it says. Raises `BadPasskey`. Does not commit."""
    try:
        response = AuthenticationResponse.from_dict(_parsed(answer))
        challenge = _spent(response.response.client_data.challenge, purpose, user.id if user else 0)
        found = passkeys.by_credential(response.raw_id)
        if found is None or (user is not None and found.user_id != user.id):
            raise BadPasskey
        _server().authenticate_complete(_state(challenge), [AttestedCredentialData(found.data)], response)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadPasskey from None
    passkeys.used(found, response.response.authenticator_data.counter)
    return found


def _server() -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(name=_("Pooyesh"), id=urlsplit(site()).hostname or "")
    return Fido2Server(entity, verify_origin=lambda origin: origin == site())


def _described(own: Any) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=one.credential_id)
        for one in own
    ]


def _challenge(purpose: str, user_id: int) -> bytes:
    return sign("passkey", [purpose, user_id, new_secret()]).encode()


def _spent(challenge: bytes, purpose: str, user_id: int) -> bytes:
    """The same challenge, which is of no further use. Raises `BadPasskey` unless it was ours, for this, and fresh."""
    try:
        said = read("passkey", challenge.decode("ascii", "replace"), SECONDS)
    except TokenInvalid:
        raise BadPasskey from None
    if said[:2] != [purpose, user_id] or take(f"challenge:{hash_secret(said[2])}", 1, 2 * SECONDS):
        raise BadPasskey
    return challenge


def _state(challenge: bytes) -> dict[str, Any]:
    return {"challenge": websafe_encode(challenge), "user_verification": REQUIRED}


def _parsed(answer: str) -> dict[str, Any]:
    said = json.loads(answer) if len(answer) <= LONGEST else None
    if not isinstance(said, dict):
        raise BadPasskey
    return said
