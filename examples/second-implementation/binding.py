"""The binding: its predicate and the run id. Page: docs/spec/binding.md."""

from typing import NamedTuple, Optional

import document
from encoding import sha256, tag
from refusal import require
from statement import BINDING, read_statement, require_subjects
from strict_json import Value, canonical_bytes

MAX_PROOF = 16_384


class Binding(NamedTuple):
    run_id: str
    issuer: str
    capture: str
    declaration_id: Optional[str]  # None where the run is undeclared
    declaration_proof: Optional[str]
    commitment: str
    dialect: str


def read_binding(payload: bytes) -> Binding:
    statement = read_statement(payload, BINDING)
    members = document.members(
        statement.predicate,
        (
            "boundAt", "capture", "declaration", "endpoint", "issuer", "nonce", "request",
            "sequence",
        ),
        optional=("attemptOf", "requesterNonce"),
    )
    for optional in ("attemptOf", "requesterNonce"):
        if optional in members:
            document.hexadecimal(members[optional])
    document.time(members["boundAt"])
    document.text(members["endpoint"], most=512)
    document.hexadecimal(members["nonce"])
    _read_sequence(members["sequence"])
    declaration_id = proof = None
    declared = members["declaration"]
    states = {"undeclared": ((),), "declared": (("id", "proof"),)}
    if document.by_state(declared, states) == "declared":
        declaration_id = document.hexadecimal(declared.data["id"])
        proof = document.text(declared.data["proof"], most=MAX_PROOF)
    request = document.members(members["request"], ("commitment", "dialect"))
    binding = Binding(
        run_id=run_id(statement.predicate),
        issuer=document.hexadecimal(members["issuer"]),
        capture=_read_capture(members["capture"]),
        declaration_id=declaration_id,
        declaration_proof=proof,
        commitment=document.hexadecimal(request["commitment"]),
        dialect=document.text(request["dialect"], most=64),
    )
    subjects = {"request": binding.commitment}
    if declaration_id is not None:
        subjects["declaration"] = declaration_id
    require_subjects(statement, subjects)
    return binding


def run_id(predicate: Value) -> str:
    return sha256(tag("colophon/run/v1") + canonical_bytes(predicate)).hex()


def _read_capture(value: Value) -> str:
    point = value.get("point")
    if point is not None and point.text() == "gateway":
        members = document.members(value, ("point", "received", "software"))
        document.one_of(members["received"], ("same",))
    else:
        members = document.members(value, ("point", "signerControlsApplication", "software"))
        document.one_of(members["point"], ("inProcess",))
        controls = document.boolean(members["signerControlsApplication"])
        require(controls, "SCHEMA_MISMATCH", "signerControlsApplication")
    document.text(members["software"], most=200)
    return members["point"].data


def _read_sequence(value: Value) -> None:
    states = {"numbered": (("stream", "number"),), "none": (("reason",),)}
    if document.by_state(value, states) == "numbered":
        document.hexadecimal(value.data["stream"], 16)
        document.integer(value.data["number"])
    else:
        document.text(value.data["reason"], most=200)
