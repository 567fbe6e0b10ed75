"""Log entries of kind hashedrekord 0.0.2. Page: docs/spec/log-entry.md.

Inclusion of an entry in a log is in merkle.py and verify.py.
"""

from typing import NamedTuple

import document
from encoding import encode_base64, sha256
from envelope import Envelope
from refusal import refused_as, require
from signature import read_key, read_signature
from strict_json import Value, canonical_plain, parse_canonical

MAX_BYTES = 4_096
KEY_DETAILS = "PKIX_ECDSA_P256_SHA_256"


class Entry(NamedTuple):
    digest: bytes
    signature: bytes
    public_key: bytes

    def encoded(self) -> bytes:
        return canonical_plain({
            "apiVersion": "0.0.2",
            "kind": "hashedrekord",
            "spec": {"hashedRekordV002": {
                "data": {"algorithm": "SHA2_256", "digest": encode_base64(self.digest)},
                "signature": {
                    "content": encode_base64(self.signature),
                    "verifier": {
                        "keyDetails": KEY_DETAILS,
                        "publicKey": {"rawBytes": encode_base64(self.public_key)},
                    },
                },
            }},
        }).encode("utf-8")


def entry_of(envelope: Envelope, public_key: bytes) -> Entry:
    """An entry is a pure function of an envelope and a key, so it need not be carried."""
    digest = sha256(envelope.pre_authentication_encoding())
    return Entry(digest, envelope.signature, public_key)


def read_entry(data: bytes) -> Entry:
    with refused_as("ENTRY_MALFORMED"):
        entry = _read(parse_canonical(data, MAX_BYTES))
        require(entry.encoded() == data, "ENTRY_MALFORMED")
        return entry


def _read(value: Value) -> Entry:
    top = document.members(value, ("apiVersion", "kind", "spec"))
    document.one_of(top["apiVersion"], ("0.0.2",))
    document.one_of(top["kind"], ("hashedrekord",))
    spec = document.members(top["spec"], ("hashedRekordV002",))["hashedRekordV002"]
    parts = document.members(spec, ("data", "signature"))
    data = document.members(parts["data"], ("algorithm", "digest"))
    document.one_of(data["algorithm"], ("SHA2_256",))
    signature = document.members(parts["signature"], ("content", "verifier"))
    verifier = document.members(signature["verifier"], ("keyDetails", "publicKey"))
    document.one_of(verifier["keyDetails"], (KEY_DETAILS,))
    key = document.members(verifier["publicKey"], ("rawBytes",))["rawBytes"]
    entry = Entry(
        document.base64_bytes(data["digest"], 32),
        document.base64_bytes(signature["content"]),
        document.base64_bytes(key),
    )
    read_signature(entry.signature)
    read_key(entry.public_key)
    return entry
