"""Components of a declaration: fixed to a value, or bounded.

Pages: docs/spec/declaration.md, "Components" and "Sources"; docs/spec/composition.md, "Findings".
"""

from typing import Callable, List, NamedTuple, Optional, Tuple

import document
from refusal import Refusal, require
from roles import SEQUENCES
from strict_json import TOKEN, Value, canonical_number, decimal_value

CODE = "DECLARATION_MALFORMED"
ENCODINGS = ("text", "json")
MAX_NUMBER = 100


class Digest(NamedTuple):
    digest: str
    encoding: str


class Number(NamedTuple):
    least: Optional[str]
    most: Optional[str]
    integer: bool


class Prefix(NamedTuple):
    size: int
    digest: str
    most_after: Optional[int]


class Component(NamedTuple):
    """Exactly one of the others is there; `encoding` and `digest` together are one."""

    name: str
    encoding: str = ""
    digest: str = ""
    choices: Tuple[Digest, ...] = ()
    number: Optional[Number] = None
    prefix: Optional[Prefix] = None
    max_bytes: Optional[int] = None
    optional: bool = False

    def digests(self) -> List[Digest]:
        """One for each of its contents."""
        if self.prefix:
            return [Digest(self.prefix.digest, "text")]
        return list(self.choices) or ([Digest(self.digest, self.encoding)] if self.digest else [])


# Reading

def read_component(role: str, value: Value) -> Component:
    require(value.kind == "object", "SCHEMA_MISMATCH", "no object")
    kinds = ("oneOf", "number", "prefix", "maxBytes")
    kind = next((one for one in kinds if one in value.data), None)
    own = (kind,) if kind else ("digest", "encoding")
    members = document.members(value, ("name", *own), ("optional",))
    name = document.text(members["name"], most=256)
    optional = "optional" in members and document.boolean(members["optional"])
    require(optional or "optional" not in members, CODE, "optional is false")
    require_fits(role, kind or "", optional)
    bound = members.get(kind or "")
    if kind == "oneOf":
        return Component(name, choices=_read_choices(bound), optional=optional)
    if kind == "number":
        return Component(name, number=_read_number(bound), optional=optional)
    if kind == "prefix":
        return Component(name, prefix=_read_prefix(bound), optional=optional)
    if kind == "maxBytes":
        return Component(name, max_bytes=document.integer(bound), optional=optional)
    fixed = _read_digest(members)
    return Component(name, fixed.encoding, fixed.digest, optional=optional)


def require_fits(role: str, kind: str, optional: bool = False) -> None:
    takes = {
        "number": ("parameters",), "maxBytes": ("parameters",),
        "prefix": ("parameters", *SEQUENCES),
    }
    require(role in takes.get(kind, (role,)), CODE, f"{kind} of {role}")
    require(not optional or role in ("tools", "parameters"), CODE, f"optional {role}")


def _read_digest(members: dict) -> Digest:
    encoding = document.one_of(members["encoding"], ENCODINGS)
    return Digest(document.hexadecimal(members["digest"]), encoding)


def _read_choices(value: Value) -> Tuple[Digest, ...]:
    choices = document.each(
        value, lambda one: _read_digest(document.members(one, ("digest", "encoding"))),
    )
    require(len(choices) >= 2, CODE, "fewer than two values")
    rising = all(one < following for one, following in zip(choices, choices[1:]))
    require(rising, CODE, "values that are not unique and sorted")
    return tuple(choices)


def _read_number(value: Value) -> Number:
    members = document.members(value, (), ("min", "max", "integer"))
    integer = "integer" in members and document.boolean(members["integer"])
    require(integer or "integer" not in members, CODE, "integer is false")
    bounds = {}
    for name in ("min", "max"):
        if name in members:
            token = bounds[name] = document.text(members[name], most=MAX_NUMBER)
            number = TOKEN.fullmatch(token)
            require(number and canonical_number(token) == token, CODE, "not canonical")
    return require_number(Number(bounds.get("min"), bounds.get("max"), integer))


def require_number(number: Number) -> Number:
    least, most, integer = number
    require(least or most or integer, CODE, "a number without bounds")
    bounds = [bound for bound in (least, most) if bound]
    require(not integer or all(map(is_whole, bounds)), CODE, "an integer within fractions")
    require(len(bounds) < 2 or compare_numbers(least, most) < 0, CODE, "min is not below max")
    return number


def _read_prefix(value: Value) -> Prefix:
    members = document.members(value, ("bytes", "digest"), ("maxBytesAfter",))
    size = document.integer(members["bytes"], least=1)
    after = members.get("maxBytesAfter")
    digest = document.hexadecimal(members["digest"])
    return Prefix(size, digest, None if after is None else document.integer(after))


# Numbers, exactly

def compare_numbers(one: str, other: str) -> int:
    keys = [decimal_value(token) for token in (one, other)]
    signs = [0 if not digits else -1 if sign else 1 for sign, digits, _ in keys]
    if signs[0] != signs[1] or not signs[0]:
        return signs[0] - signs[1]
    # By the place of the first digit, then digit by digit; there are no zeros at the end.
    sizes = [(len(digits) + power, digits) for _, digits, power in keys]
    return signs[0] * ((sizes[0] > sizes[1]) - (sizes[0] < sizes[1]))


def is_whole(token: str) -> bool:
    return decimal_value(token)[2] >= 0


# Against what was sent

def is_kept(
    component: Component, encoding: str, value: bytes, digest_of: Callable[[bytes], str],
) -> bool:
    """`digest_of` gives the digest of bytes as this component's, in the encoding that was sent."""
    if component.number:
        return encoding == "json" and _is_within(component.number, value)
    if component.max_bytes is not None:
        return len(value) <= component.max_bytes
    if component.prefix:
        size, digest, after = component.prefix
        starts = encoding == "text" and len(value) >= size and digest_of(value[:size]) == digest
        return starts and (after is None or len(value) - size <= after)
    return Digest(digest_of(value), encoding) in component.digests()


def _is_within(number: Number, value: bytes) -> bool:
    token = value.decode("utf-8")
    if not TOKEN.fullmatch(token):
        return False
    try:
        canonical_number(token)
    except Refusal:  # an exponent beyond all measure
        return False
    return (
        (not number.integer or is_whole(token))
        and (number.least is None or compare_numbers(token, number.least) >= 0)
        and (number.most is None or compare_numbers(token, number.most) <= 0)
    )


def matches_source(pattern: str, label: str) -> bool:
    """A label in which `*` stands for any characters, and for none."""
    first, *rest = pattern.split("*")
    if not rest:
        return label == first
    if not label.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1]:
        found = label.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(label) - len(rest[-1]) >= at and label.endswith(rest[-1])
