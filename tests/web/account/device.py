"""A device that makes passkeys, as honest or as false as a test wants it."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)
from werkzeug.test import TestResponse

FLAG = AuthenticatorData.FLAG


def question(page: TestResponse) -> dict[str, Any]:
    """What the page asks a browser."""
    found = page.text.partition('data-question="')[2].partition('"')[0]
    return dict(json.loads(unescape(found)))


@dataclass
class Device:
    """`counts`: its number of signatures grows; `verifies`: it makes sure who holds it."""

    origin: str = "http://localhost"
    name: str = "localhost"
    counts: bool = True
    verifies: bool = True
    count: int = 1
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"device-0123456789"

    def make(self, page: TestResponse) -> str:
        """The answer to a page that asks for a new passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public)
        data = self._data(FLAG.AT, bytes(made))
        said = self._client("webauthn.create", page)
        return self._answer(said, attestationObject=AttestationObject.create("none", data, {}))

    def show(self, page: TestResponse, kind: str = "webauthn.get") -> str:
        """The answer to a page that asks for a passkey."""
        self.count += self.counts
        data, said = self._data(FLAG(0)), self._client(kind, page)
        signature = self.key.sign(data + said.hash, ec.ECDSA(SHA256()))
        return self._answer(said, authenticatorData=data, signature=signature)

    def _data(self, flags: FLAG, made: bytes = b"") -> AuthenticatorData:
        flags |= FLAG.UP | (FLAG.UV if self.verifies else FLAG(0))
        return AuthenticatorData.create(
            sha256(self.name.encode()).digest(), flags, self.count if self.counts else 0, made
        )

    def _client(self, kind: str, page: TestResponse) -> CollectedClientData:
        return CollectedClientData.create(kind, question(page)["challenge"], self.origin)

    def _answer(self, said: CollectedClientData, **parts: bytes) -> str:
        own = websafe_encode(self.credential_id)
        response = {name: websafe_encode(part) for name, part in {"clientDataJSON": said, **parts}.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})
