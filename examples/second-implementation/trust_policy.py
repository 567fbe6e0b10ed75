"""The verifier's own file: whom it believes, for what. Page: docs/spec/trust-policy.md."""

from typing import Collection, Iterable, List, NamedTuple, Optional, Sequence, Union

import document
from encoding import read_time
from note import LOG, WITNESS, Key, read_key as read_vkey
from refusal import Refusal, refused_as, require
from signature import read_key
from strict_json import Value, parse

MAX_BYTES = 1_048_576
MAX_ELEMENTS = 1_000
CODE = "TRUST_POLICY_MALFORMED"
CAPTURES = ("gateway", "inProcess")
REQUIRABLE = (
    "output", "completion", "requestClosure", "responseClosure", "declarationContents",
    "composition", "policy",
)


class Position(NamedTuple):
    """A bound: a size of a log."""
    log: str
    size: int


class Moment(NamedTuple):
    """A bound: a time."""
    time: str


Bound = Union[None, Position, Moment]  # None is "any"


class Validity(NamedTuple):
    starts: Bound
    until: Bound
    because: str


class Signer(NamedTuple):
    name: str
    public_key: bytes
    valid: Optional[Validity]  # None is "always"


class TrustPolicy(NamedTuple):
    signers: List[Signer]
    logs: List[Key]
    witnesses: List[Key]
    require: List[str]
    accept_claimed: bool
    captures: List[str]
    declarations: Optional[List[str]]  # None is "any"


class Place(NamedTuple):
    """Where a statement's inclusion is proven, and when it was there by, in seconds."""
    log: str
    index: int
    trusted_times: List[int]


# Reading

def read_trust_policy(data: bytes) -> TrustPolicy:
    with refused_as(CODE):
        return _read(parse(data, MAX_BYTES))


def _read(value: Value) -> TrustPolicy:
    members = document.members(value, (
        "format", "signers", "logs", "witnesses", "require", "acceptClaimed", "captures",
        "declarations",
    ))
    document.one_of(members["format"], ("colophon/trust-policy/v1",))
    logs = document.each(members["logs"], lambda one: _read_vkey(one, LOG), 1, MAX_ELEMENTS)
    _require_each_once(log.name for log in logs)
    witnesses = document.each(
        members["witnesses"], lambda one: _read_vkey(one, WITNESS), 0, MAX_ELEMENTS,
    )
    origins = [log.name for log in logs]
    _require_each_once([key.name for key in witnesses] + origins)
    _require_each_once([key.public for key in witnesses] + list({log.public for log in logs}))
    signers = document.each(
        members["signers"], lambda one: _read_signer(one, origins), 1, MAX_ELEMENTS,
    )
    _require_each_once(signer.public_key for signer in signers)
    return TrustPolicy(
        signers, logs, witnesses,
        require=_choices(members["require"], REQUIRABLE, 0),
        accept_claimed=document.boolean(members["acceptClaimed"]),
        captures=_choices(members["captures"], CAPTURES, 1),
        declarations=_read_declarations(members["declarations"]),
    )


def _require_each_once(things: Iterable[object]) -> None:
    listed = list(things)
    require(len(set(listed)) == len(listed), CODE, "something is listed twice")


def _read_vkey(value: Value, kind: int) -> Key:
    key = read_vkey(document.text(value))
    require(key.type == kind, CODE, "a key of another type")
    return key


def _choices(value: Value, choices: Collection[str], least: int) -> List[str]:
    chosen = document.each(value, lambda one: document.one_of(one, choices), least, MAX_ELEMENTS)
    _require_each_once(chosen)
    return chosen


def _read_declarations(value: Value) -> Optional[List[str]]:
    if value.text() == "any":
        return None
    ids = document.each(value, document.hexadecimal, 1, MAX_ELEMENTS)
    _require_each_once(ids)
    return ids


def _read_signer(value: Value, origins: Sequence[str]) -> Signer:
    members = document.members(value, ("name", "publicKey", "valid"))
    public_key = document.base64_bytes(members["publicKey"])
    read_key(public_key)
    name = document.text(members["name"], 1, 200)
    return Signer(name, public_key, _read_validity(members["valid"], origins))


def _read_validity(value: Value, origins: Sequence[str]) -> Optional[Validity]:
    if value.text() == "always":
        return None
    members = document.members(value, ("from", "until", "because"))
    valid = Validity(
        _read_bound(members["from"], origins), _read_bound(members["until"], origins),
        document.one_of(members["because"], ("rotated", "revoked")),
    )
    require(valid.starts or valid.until, CODE, 'any to any is "always"')
    require(valid.until or valid.because != "revoked", CODE, "revoked until any")
    return valid


def _read_bound(value: Value, origins: Sequence[str]) -> Bound:
    if value.text() == "any":
        return None
    if value.get("time"):
        return Moment(document.time(document.members(value, ("time",))["time"]))
    members = document.members(value, ("log", "size"))
    return Position(
        document.one_of(members["log"], origins), document.integer(members["size"]),
    )


# Validity

def judge(valid: Optional[Validity], place: Optional[Place]) -> None:
    """Whether a key is believed for a statement at this place; `until` is judged first."""
    if valid is None:
        return
    assert place, "without a proven place, a key with bounds is not judged"
    if not _holds(valid.until, place, is_until=True):
        revoked = valid.because == "revoked"
        raise Refusal("KEY_REVOKED" if revoked else "KEY_OUTSIDE_VALIDITY", "until")
    if not _holds(valid.starts, place, is_until=False):
        raise Refusal("KEY_OUTSIDE_VALIDITY", "from")


def _holds(bound: Bound, place: Place, is_until: bool) -> bool:
    if bound is None:
        return True
    if isinstance(bound, Position):
        return place.log == bound.log and (place.index < bound.size) == is_until
    require(place.trusted_times, "TRUSTED_TIME_MISSING")
    limit = read_time(bound.time)  # in milliseconds
    times = [time * 1000 for time in place.trusted_times]
    return all(time <= limit if is_until else time >= limit for time in times)
