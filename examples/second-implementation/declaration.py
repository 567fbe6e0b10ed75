"""Declarations: component digests, the document, its id, the statement.

Page: docs/spec/declaration.md. The file that a person writes is in declaration_file.py.
"""

from typing import Dict, List, NamedTuple, Optional, Tuple

import document
import policy
from components import Component, read_component
from encoding import hmac_sha256, lp, sha256, tag, utf16_order
from refusal import require
from roles import ROLES, SEQUENCES
from statement import DECLARATION, read_statement
from strict_json import Value, canonical_bytes

MAX_STATEMENT = 262_144
STATES = {
    "fixed": (("components",), ("allow",)),
    "slot": ((), ("maxBytes", "maxCount", "minCount", "sources", "inside")),
    "absent": ((),),
    "any": ((),),
}


# Component digests

def component_digest(
    role: str, name: str, encoding: str, value: bytes, blind: Optional[bytes],
) -> str:
    if blind is None:
        return sha256(value).hex()
    layout = tag("colophon/component/v1") + lp(role) + lp(name) + lp(encoding) + lp(value)
    return hmac_sha256(blind, layout).hex()


# The document

class Role(NamedTuple):
    state: str
    components: Tuple[Component, ...] = ()
    allow: Tuple[str, ...] = ()
    max_bytes: Optional[int] = None
    max_count: Optional[int] = None
    min_count: Optional[int] = None
    sources: Tuple[str, ...] = ()
    inside: Tuple[str, ...] = ()


class Declaration(NamedTuple):
    name: str
    privacy: str
    blind: Optional[bytes]
    roles: Dict[str, Role]
    value: Value

    @property
    def is_public(self) -> bool:
        return self.privacy == "public"

    def id(self) -> str:
        """Of a whole document: in a private one, with its blind."""
        return sha256(tag("colophon/declaration/v1") + canonical_bytes(self.value)).hex()

    def published(self) -> bytes:
        """The canonical form of the document without its blind."""
        members = {name: of for name, of in self.value.data.items() if name != "blind"}
        return canonical_bytes(Value("object", members, 0, 0))

    def rules(self) -> List[str]:
        return policy.rule_names([one.name for one in self.roles["policy"].components])

    def components(self) -> List[Tuple[str, Component]]:
        return [(role, one) for role in ROLES for one in self.roles[role].components]


def read_document(value: Value) -> Declaration:
    """The whole document, in a private one with its blind."""
    return _read(value, whole=True)


def read_published(value: Value) -> Declaration:
    """What a statement shows: never a blind."""
    return _read(value, whole=False)


def _read(value: Value, whole: bool) -> Declaration:
    privacy = value.get("privacy")
    with_blind = whole and privacy is not None and privacy.text() == "private"
    blind_member = ("blind",) if with_blind else ()
    members = document.members(value, ("name", "privacy", "roles", *blind_member))
    document.one_of(privacy, ("public", "private"))
    name = document.text(members["name"], most=200)
    require(name, "DECLARATION_MALFORMED", "an empty name")
    blind = bytes.fromhex(document.hexadecimal(members["blind"])) if with_blind else None
    written = members["roles"]
    require(written.kind == "object", "SCHEMA_MISMATCH", "no roles")
    for role in ROLES:
        require(role in written.data, "DECLARATION_ROLE_MISSING", role)
    document.members(written, ROLES)
    roles = {role: _read_role(role, written.data[role]) for role in ROLES}
    _require_policy(roles["policy"], blind, privacy.data == "public" or with_blind)
    return Declaration(name, privacy.data, blind, roles, value)


def _read_role(role: str, value: Value) -> Role:
    state = document.by_state(value, STATES)
    if state == "slot":
        bounds = (value.get(name) for name in ("maxBytes", "maxCount", "minCount"))
        sources = _read_sources(role, value.data["sources"]) if "sources" in value.data else ()
        inside = _read_inside(role, value.data["inside"]) if "inside" in value.data else ()
        numbers = (of and document.integer(of) for of in bounds)
        return Role(state, (), (), *numbers, sources, inside)
    if state != "fixed":
        return Role(state)
    components = tuple(
        document.each(value.data["components"], lambda one: read_component(role, one), most=1_000)
    )
    require(components or "allow" in value.data, "DECLARATION_MALFORMED", "fixed to nothing")
    names = [component.name for component in components]
    if role in SEQUENCES:
        in_order = names == [str(place) for place in range(len(names))]
        require(in_order, "DECLARATION_MALFORMED", "the names are not 0, 1, ...")
    else:
        _require_sorted(names)
    allow = _read_allow(value.data["allow"], names) if "allow" in value.data else ()
    return Role(state, components, allow)


def _read_sources(role: str, value: Value) -> Tuple[str, ...]:
    require(role == "context", "DECLARATION_MALFORMED", f"sources of {role}")
    sources = document.each(value, lambda one: document.text(one, most=256), most=1_000)
    require(sources, "DECLARATION_MALFORMED", "no sources")
    _require_sorted(sources)
    return tuple(sources)


def _read_inside(role: str, value: Value) -> Tuple[str, ...]:
    require(role == "context", "DECLARATION_MALFORMED", f"inside of {role}")
    roles = document.each(value, document.text, most=1_000)
    _require_sorted(roles)
    known = roles and set(roles) <= {"history", "input", "instructions"}
    require(known, "DECLARATION_MALFORMED", "inside of another role")
    return tuple(roles)


def _read_allow(value: Value, fixed: List[str]) -> Tuple[str, ...]:
    names = document.each(value, document.text, most=1_000)
    require(names, "DECLARATION_MALFORMED", "an empty allow")
    _require_sorted(names)
    require(not set(names) & set(fixed), "DECLARATION_MALFORMED", "fixed and allowed")
    return tuple(names)


def _require_sorted(names: List[str]) -> None:
    keys = [utf16_order(name) for name in names]
    rising = all(one < following for one, following in zip(keys, keys[1:]))
    require(rising, "DECLARATION_MALFORMED", "names that are not unique and sorted")


def _require_policy(role: Role, blind: Optional[bytes], is_told: bool) -> None:
    """`strict`, or a mode and rules; with the digest of `strict` or of the mode, if it can be told."""
    components = role.components
    policy.require_form([(one.name, one.encoding) for one in components], role.allow)
    if not is_told:
        return
    known = policy.known_contents([one.name for one in components])
    digest = next(one.digest for one in components if one.name == known[0][0])
    digests = [component_digest("policy", *content, blind) for content in known]
    require(digest in digests, policy.CODE, "another mode than there is")


# The statement

class DeclarationStatement(NamedTuple):
    id: str
    nonce: str
    declaration: Declaration  # as published


def read_declaration_statement(payload: bytes) -> DeclarationStatement:
    require(len(payload) <= MAX_STATEMENT, "DECLARATION_MALFORMED", "too long")
    statement = read_statement(payload, DECLARATION)
    names = [subject.name for subject in statement.subjects]
    require(names == ["declaration"], "STATEMENT_MALFORMED", "other subjects")
    members = document.members(statement.predicate, ("declaration", "nonce"))
    nonce = document.hexadecimal(members["nonce"])
    declaration = read_published(members["declaration"])
    return DeclarationStatement(statement.subjects[0].sha256, nonce, declaration)


def require_own_id(read: DeclarationStatement) -> None:
    """A public document must have the id in the subject; of a private one nobody can tell."""
    same = not read.declaration.is_public or read.declaration.id() == read.id
    require(same, "DECLARATION_MISMATCH", "the document has another id")
