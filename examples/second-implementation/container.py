"""The Sigstore bundle in which a record travels. Page: docs/spec/container.md."""

from typing import List, NamedTuple

import document
from envelope import Envelope, read_envelope
from refusal import Refusal, refused_as, require
from strict_json import Value, parse_canonical

MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
ANY_BUNDLE = "application/vnd.dev.sigstore.bundle"
MAX_BYTES = 1_048_576


class Container(NamedTuple):
    envelope: Envelope
    hint: str
    entry: bytes
    log_id: bytes
    index: int
    size: int
    root: bytes
    hashes: List[bytes]
    checkpoint: str


def read_container(data: bytes) -> Container:
    with refused_as("BUNDLE_MALFORMED", keep=("VERSION_UNSUPPORTED",)):
        return _read(parse_canonical(data, MAX_BYTES))


def _read(value: Value) -> Container:
    media_type = value.get("mediaType")
    if media_type and media_type.text() != MEDIA_TYPE:
        other = (media_type.text() or "").startswith(ANY_BUNDLE)
        raise Refusal("VERSION_UNSUPPORTED" if other else "BUNDLE_MALFORMED", "the media type")
    bundle = document.members(value, ("dsseEnvelope", "mediaType", "verificationMaterial"))
    material = document.members(bundle["verificationMaterial"], ("publicKey", "tlogEntries"))
    hint = document.members(material["publicKey"], ("hint",))["hint"]
    entry = document.members(
        document.elements(material["tlogEntries"], 1, 1)[0],
        ("canonicalizedBody", "inclusionProof", "kindVersion", "logId", "logIndex"),
    )
    _read_kind(entry["kindVersion"])
    proof = document.members(
        entry["inclusionProof"], ("checkpoint", "hashes", "logIndex", "rootHash", "treeSize"),
    )
    checkpoint = document.members(proof["checkpoint"], ("envelope",))["envelope"]
    log_id = document.members(entry["logId"], ("keyId",))["keyId"]
    container = Container(
        envelope=read_envelope(bundle["dsseEnvelope"]),
        hint=document.hexadecimal(hint),
        entry=document.base64_bytes(entry["canonicalizedBody"]),
        log_id=document.base64_bytes(log_id, 32),
        index=document.decimal(entry["logIndex"]),
        size=document.decimal(proof["treeSize"]),
        root=document.base64_bytes(proof["rootHash"], 32),
        hashes=document.each(proof["hashes"], lambda one: document.base64_bytes(one, 32), most=63),
        checkpoint=document.text(checkpoint),
    )
    same = document.decimal(proof["logIndex"]) == container.index
    require(same, "BUNDLE_MALFORMED", "two indexes")
    require(container.index < container.size, "BUNDLE_MALFORMED", "the index is not in the tree")
    return container


def _read_kind(value: Value) -> None:
    members = document.members(value, ("kind", "version"))
    document.one_of(members["kind"], ("hashedrekord",))
    if document.text(members["version"]) != "0.0.2":
        raise Refusal("VERSION_UNSUPPORTED", "another version of the entry")
