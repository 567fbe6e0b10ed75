"""The record: its predicate, its subjects, models, completion. Page: docs/spec/record.md."""

import re
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import document
import policy
from binding import MAX_PROOF
from dialect import Named
from encoding import sha256, utf16_length, utf16_order
from envelope import Envelope, read_envelope
from refusal import require
from roles import ROLES
from statement import RUN, Statement, read_statement, require_subjects
from strict_json import Value

COMPLETIONS = ("complete", "clientAborted", "upstreamCut", "error", "anomalous", "refused")
FINDINGS = ("match", "mismatch", "undeclared", "missing", "unobservable")
MAX_NAME = 1_024
MAX_INTENDED = 32


class Signed(NamedTuple):
    """An embedded statement: its envelope and the key beside it."""

    envelope: Envelope
    public_key: bytes


class Response(NamedTuple):
    commitment: str
    dialect: str
    digest: str
    length: int
    status: int


class Record(NamedTuple):
    digest: str
    run_id: str
    outputs: Dict[int, str]  # choice to SHA-256
    binding: Signed
    binding_proof: str
    declaration: Optional[Signed]  # None where the run is undeclared
    composition: Dict[str, Any]  # {findings, policy, result, roles}, as recorded
    models: Dict[str, Dict[str, str]]  # {intended, requested, responded}, as recorded
    completion: str
    response: Optional[Response]  # None where nothing came


def read_record(payload: bytes) -> Record:
    statement = read_statement(payload, RUN)
    members = document.members(
        statement.predicate, ("binding", "composition", "declaration", "model", "outcome"),
    )
    binding = document.members(members["binding"], ("envelope", "proof", "publicKey"))
    outcome = document.members(members["outcome"], ("completion", "endedAt", "response"))
    document.time(outcome["endedAt"])
    response = _read_response(outcome["response"])
    run_id, outputs = _read_subjects(statement, response)
    return Record(
        digest=sha256(payload).hex(),
        run_id=run_id,
        outputs=outputs,
        binding=Signed(
            read_envelope(binding["envelope"]), document.base64_bytes(binding["publicKey"]),
        ),
        binding_proof=document.text(binding["proof"], most=MAX_PROOF),
        declaration=_read_declaration(members["declaration"]),
        composition=_read_composition(members["composition"]),
        models=_read_models(members["model"]),
        completion=document.one_of(outcome["completion"], COMPLETIONS),
        response=response,
    )


def _read_declaration(value: Value) -> Optional[Signed]:
    states = {"undeclared": ((),), "declared": (("envelope", "publicKey"),)}
    if document.by_state(value, states) == "undeclared":
        return None
    key = document.base64_bytes(value.data["publicKey"])
    return Signed(read_envelope(value.data["envelope"]), key)


def _read_response(value: Value) -> Optional[Response]:
    received = ("commitment", "dialect", "digest", "length", "status")
    if document.by_state(value, {"none": ((),), "received": (received,)}) == "none":
        return None
    members = value.data
    return Response(
        document.hexadecimal(members["commitment"]),
        document.text(members["dialect"], most=64),
        document.hexadecimal(members["digest"]),
        document.integer(members["length"]),
        document.integer(members["status"], 100, 999),
    )


# Subjects

def _read_subjects(
    statement: Statement, response: Optional[Response],
) -> Tuple[str, Dict[int, str]]:
    outputs: Dict[int, str] = {}
    expected: Dict[str, str] = {}
    for name, digest in statement.subjects:
        found = re.fullmatch("output-(0|[1-9][0-9]{0,5})", name)
        if not found:
            break
        choice = int(found.group(1))
        rising = not outputs or choice > max(outputs)
        require(rising, "STATEMENT_MALFORMED", "the outputs do not rise")
        outputs[choice] = expected[name] = digest
    if response:
        expected["response"] = response.digest
    run_id = expected["run"] = statement.subjects[-1].sha256
    require_subjects(statement, expected)
    return run_id, outputs


# Models

def _read_models(value: Value) -> Dict[str, Dict[str, str]]:
    members = document.members(value, ("intended", "requested", "responded"))
    shown = {"present": (("value",),), "withheld": ((),), "absent": ((),)}
    seen = {**shown, "unobservable": ((),)}
    intended = {**shown, "oneOf": (("values",),)}
    return {
        name: _read_model(members[name], intended if name == "intended" else seen)
        for name in members
    }


def _read_model(value: Value, states: Dict[str, tuple]) -> Dict[str, str]:
    state = document.by_state(value, states)
    if state == "oneOf":
        return {"state": state, "values": _read_names(value.data["values"])}
    if state != "present":
        return {"state": state}
    return {"state": state, "value": document.text(value.data["value"], most=MAX_NAME)}


def _read_names(value: Value) -> List[str]:
    names = document.each(value, lambda one: document.text(one, most=MAX_NAME), 2, MAX_INTENDED)
    keys = [utf16_order(name) for name in names]
    rising = all(one < following for one, following in zip(keys, keys[1:]))
    require(rising, "SCHEMA_MISMATCH", "names that are not unique and sorted")
    return names


def record_models(
    is_public: bool, intended: List[str], requested: Named, responded: Named,
) -> Dict[str, Dict[str, Any]]:
    """What a record shows of the names; `is_public` is false without a declaration."""
    models = {"requested": requested, "responded": responded}
    return {
        "intended": _show_intended(intended, is_public),
        **{name: _show(of, is_public) for name, of in models.items()},
    }


def _show_intended(names: List[str], is_public: bool) -> Dict[str, Any]:
    shown = [_show(Named("named", name), is_public) for name in names]
    if len(names) < 2:
        return shown[0] if shown else {"state": "absent"}
    if len(names) > MAX_INTENDED or any(one["state"] != "present" for one in shown):
        return {"state": "withheld"}
    return {"state": "oneOf", "values": names}


def _show(model: Named, is_public: bool) -> Dict[str, str]:
    if model.state != "named":
        return {"state": model.state}
    if is_public and utf16_length(model.name) <= MAX_NAME:
        return {"state": "present", "value": model.name}
    return {"state": "withheld"}


# The composition, as docs/spec/composition.md says under "In the record"

def _read_composition(value: Value) -> Dict[str, Any]:
    members = document.members(value, ("findings", "result", "roles"), ("policy",))
    said = members.get("policy")
    roles = document.members(members["roles"], ROLES)
    return {
        "findings": document.each(members["findings"], _read_finding, most=10_000),
        "result": document.one_of(members["result"], ("kept", "broken", "undeclared")),
        "roles": {role: _read_role_state(roles[role]) for role in ROLES},
        "policy": None if said is None else policy.read_recorded(said),
    }


def _read_role_state(value: Value) -> Dict[str, str]:
    states = {
        "present": ((),), "absent": ((),), "withheld": ((),), "unobservable": (("reason",),),
    }
    state = document.by_state(value, states)
    if state != "unobservable":
        return {"state": state}
    return {"state": state, "reason": document.text(value.data["reason"], most=200)}


def _read_finding(value: Value) -> Dict[str, Any]:
    role, finding = value.get("role"), value.get("finding")
    said = (role and role.text(), finding and finding.text())
    of_passages = said[0] == "context" and said[1] != "match" and value.get("count")
    is_counted = said[1] == "undeclared" or of_passages
    members = document.members(
        value, ("role", "finding", *(("count",) if is_counted else ())),
        optional=() if is_counted else ("name",),
    )
    read: Dict[str, Any] = {
        "role": document.one_of(members["role"], ROLES),
        "finding": document.one_of(members["finding"], FINDINGS),
    }
    if "count" in members:
        read["count"] = document.integer(members["count"], 1)
    if "name" in members:
        read["name"] = document.text(members["name"], most=256)
    return read


# Completion

POSSIBLE = {
    "complete": ("complete",),
    "error": ("error",),
    "cut": ("clientAborted", "upstreamCut"),
    "anomalous": ("anomalous", "clientAborted", "upstreamCut"),
    "open": ("complete", "clientAborted", "upstreamCut"),
}


def require_consistent(record: Record) -> None:
    """What a record says of the answer must fit."""
    refused = record.completion == "refused"
    if refused:
        would = record.composition["policy"] and record.composition["result"] == "broken"
        require(would, "RECORD_INCONSISTENT", "no policy that would refuse it")
        require(record.response is None, "RECORD_INCONSISTENT", "refused, and answered")
    if record.response is None:
        silent = not record.outputs and record.models["responded"]["state"] == "absent"
        require(silent, "RECORD_INCONSISTENT", "nothing came, and something answered")
        ended = refused or record.completion in ("clientAborted", "error")
        require(ended, "RECORD_INCONSISTENT", "nothing came, and yet it ended")
    elif record.response.status >= 400:
        require(record.completion == "error", "RECORD_INCONSISTENT", "the status is an error")
