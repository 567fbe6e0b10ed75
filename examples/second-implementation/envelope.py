"""DSSE envelopes. Page: docs/spec/container.md, "Envelope"."""

import re
from typing import NamedTuple

import document
from encoding import sha256
from refusal import Refusal, refused_as, require
from signature import read_signature, verify_p256
from strict_json import Value, parse_canonical

STATEMENT_TYPE = "application/vnd.in-toto+json"


class Envelope(NamedTuple):
    payload_type: str
    payload: bytes
    signature: bytes

    def pre_authentication_encoding(self) -> bytes:
        return pre_auth_encode(self.payload_type, self.payload)

    def payload_digest(self) -> bytes:
        return sha256(self.payload)


def pre_auth_encode(payload_type: str, payload: bytes) -> bytes:
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def read_envelope(value: Value) -> Envelope:
    with refused_as("DSSE_MALFORMED"):
        members = document.members(value, ("payload", "payloadType", "signatures"))
        payload = document.base64_bytes(members["payload"])
        require(payload, "DSSE_MALFORMED", "an empty payload")
        payload_type = document.text(members["payloadType"], 1, 256)
        require(re.fullmatch("[\x21-\x7e]*", payload_type), "DSSE_MALFORMED", "the payload type")
        signatures = document.elements(members["signatures"], 1, 1)
        signature = document.members(signatures[0], ("sig",))["sig"]
        der = document.base64_bytes(signature)
    read_signature(der)
    return Envelope(payload_type, payload, der)


def parse_envelope(data: bytes) -> Envelope:
    """An envelope that is a document of its own."""
    with refused_as("DSSE_MALFORMED"):
        value = parse_canonical(data)
    return read_envelope(value)


def verify_envelope(envelope: Envelope, public_key: bytes) -> bytes:
    """The payload that was signed: these very bytes are to be parsed."""
    try:
        verify_p256(public_key, envelope.pre_authentication_encoding(), envelope.signature)
    except Refusal as refusal:
        raise Refusal("SIGNATURE_INVALID", str(refusal)) from refusal
    return envelope.payload


def verify_statement(envelope: Envelope, public_key: bytes) -> bytes:
    require(envelope.payload_type == STATEMENT_TYPE, "STATEMENT_MALFORMED", "the payload type")
    return verify_envelope(envelope, public_key)
