"""Declared against sent: parts, findings, what a record shows. Page: docs/spec/composition.md."""

from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from declaration import Component, Declaration, Role, component_digest
from dialect import RequestCut
from encoding import utf16_length
from record import MAX_NAME
from refusal import Refusal, require
from roles import ROLES, SENT, SEQUENCES
from spans import Leaf, Span
from strict_json import Value, canonical_bytes, read_pointer, resolve_escapes


# Parts

class Part(NamedTuple):
    role: str
    name: str
    encoding: str
    value: bytes
    within: str = ""  # of a passage: the role that its string would have


def list_parts(head: Sequence[Leaf], body: bytes, cut: RequestCut) -> List[Part]:
    parts = [
        Part("parameters", f"header {leaf.pointer}", "text", leaf.data)
        for leaf in head if leaf.kind == "header" and leaf.role == "parameters"
    ]
    places = dict.fromkeys(SEQUENCES, 0)
    for span in cut.spans:
        encoding, value = _decoded(span, body)
        name = _name(span)
        if name is None:
            name = str(places[span.role])
            places[span.role] += 1
        parts.append(Part(span.role, name, encoding, value, span.within))
    return parts


def _decoded(span: Span, body: bytes) -> Tuple[str, bytes]:
    if span.value is None:
        return "text", resolve_escapes(body[span.start:span.end]).encode("utf-8")
    if span.value.kind == "string":
        return "text", span.value.data.encode("utf-8")
    try:
        return "json", canonical_bytes(span.value)
    except Refusal:  # a number with an exponent beyond all measure
        return "json", body[span.value.start:span.value.end]


def _name(span: Span) -> Optional[str]:
    """None where a part is known by its place."""
    if span.role in SEQUENCES:
        said = span.pointer.endswith(("/content", "/text"))
        return None if said else span.pointer
    if span.role == "model":
        return "model"
    if span.role == "outputFormat":
        return "response_format"
    path = read_pointer(span.pointer)
    if len(path) == 1:
        return span.pointer if path[0].startswith(("/", "header ")) else path[0]
    return (_tool_name(span.value) if span.role == "tools" else None) or span.pointer


def _tool_name(tool: Value) -> Optional[str]:
    definition = tool.get("function")
    if definition is None or definition.is_null():
        definition = tool.get("custom")
    is_object = definition is not None and definition.kind == "object"
    name = (definition if is_object else tool).get("name")
    return name.text() if name else None


# Findings

class Finding(NamedTuple):
    role: str
    finding: str
    name: Optional[str] = None  # of a fixed component, the policy, or an undeclared part


def compare(
    declaration: Declaration, parts: Sequence[Part], unobservable: Sequence[Tuple[str, str]],
) -> List[Finding]:
    findings: List[Finding] = []
    for role in SENT:
        findings.extend(_compare_role(role, declaration, parts, unobservable))
    kept = all(one.finding == "match" for one in findings)
    return [*findings, Finding("policy", "match" if kept else "mismatch", "strict")]


def _compare_role(
    role: str, declaration: Declaration, parts: Sequence[Part],
    unobservable: Sequence[Tuple[str, str]],
) -> List[Finding]:
    declared = declaration.roles[role]
    reasons = [reason for of, reason in unobservable if of == role]
    if reasons and declared.state != "any":
        return [Finding(role, "unobservable") for _ in reasons]
    own = [part for part in parts if part.role == role]
    if declared.state == "any":
        return [Finding(role, "match")]
    if declared.state == "absent":
        sent = own + [part for part in parts if part.within == role]
        undeclared = [Finding(role, "undeclared", part.name) for part in sent]
        return undeclared or [Finding(role, "match")]
    if declared.state == "slot":
        return [Finding(role, "match" if _within_bounds(declared, own) else "mismatch")]
    return _compare_fixed(role, declaration, own)


def _within_bounds(slot: Role, parts: Sequence[Part]) -> bool:
    size = sum(len(part.value) for part in parts)
    return (
        (slot.max_bytes is None or size <= slot.max_bytes)
        and (slot.max_count is None or len(parts) <= slot.max_count)
        and (slot.min_count is None or len(parts) >= slot.min_count)
    )


def _compare_fixed(role: str, declaration: Declaration, parts: Sequence[Part]) -> List[Finding]:
    declared = declaration.roles[role]
    first: Dict[str, Part] = {}
    for part in parts:
        first.setdefault(part.name, part)
    findings: List[Finding] = []
    for component in declared.components:
        part = first.get(component.name)
        if part is None:
            finding = "missing"
        else:
            finding = "match" if _same(component, part, declaration.blind) else "mismatch"
        findings.append(Finding(role, finding, component.name))
    names = {component.name for component in declared.components}
    for part in parts:
        taken = part.name in names and first[part.name] is part
        if not taken and part.name not in declared.allow:
            findings.append(Finding(role, "undeclared", part.name))
    return findings


def _same(component: Component, part: Part, blind: Optional[bytes]) -> bool:
    digest = component_digest(part.role, part.name, part.encoding, part.value, blind)
    return (component.encoding, component.digest) == (part.encoding, digest)


# In the record

def role_states(
    parts: Sequence[Part], unobservable: Sequence[Tuple[str, str]], declared: bool,
    is_public: bool,
) -> Dict[str, Dict[str, str]]:
    states: Dict[str, Dict[str, str]] = {}
    for role in SENT:
        reasons = [reason for of, reason in unobservable if of == role]
        if reasons:
            states[role] = {"state": "unobservable", "reason": reasons[0]}
        elif any(role in (part.role, part.within) for part in parts):
            states[role] = {"state": "withheld"}
        else:
            states[role] = {"state": "absent"}
    if is_public and states["model"]["state"] == "withheld" and _shows_model(parts):
        states["model"] = {"state": "present"}
    states["policy"] = {"state": "present" if declared else "absent"}
    return states


def _shows_model(parts: Sequence[Part]) -> bool:
    """Whether there is one model, and it is a text that is short enough to be shown."""
    models = [(part.encoding, part.value) for part in parts if part.role == "model"]
    if len(models) != 1 or models[0][0] != "text":
        return False
    return utf16_length(models[0][1].decode("utf-8")) <= MAX_NAME


def recorded_findings(findings: Sequence[Finding]) -> List[Dict[str, Any]]:
    """The names of what was sent undeclared never stand in a record, only their number."""
    shown: List[Dict[str, Any]] = []
    for role in ROLES:
        own = [one for one in findings if one.role == role]
        for one in own:
            if one.finding != "undeclared":
                name = {} if one.name is None else {"name": one.name}
                shown.append({"role": role, "finding": one.finding, **name})
        count = sum(one.finding == "undeclared" for one in own)
        if count:
            shown.append({"role": role, "finding": "undeclared", "count": count})
    return shown


def recorded_composition(
    declaration: Optional[Declaration], parts: Sequence[Part],
    unobservable: Sequence[Tuple[str, str]],
) -> Dict[str, Any]:
    is_public = declaration is not None and declaration.is_public
    roles = role_states(parts, unobservable, declaration is not None, is_public)
    if declaration is None:
        return {"findings": [], "result": "undeclared", "roles": roles}
    findings = recorded_findings(compare(declaration, parts, unobservable))
    return {"findings": findings, "result": result_of(findings), "roles": roles}


def result_of(findings: Sequence[Dict[str, Any]]) -> str:
    return "kept" if all(one["finding"] == "match" for one in findings) else "broken"


def require_coherent(composition: Dict[str, Any], declared: bool) -> None:
    """What must hold where the composition is only claimed, too."""
    findings = composition["findings"]
    expected = result_of(findings) if declared else "undeclared"
    require(composition["result"] == expected, "COMPOSITION_MISMATCH", "the result")
    roles = {one["role"] for one in findings}
    complete = roles == set(ROLES) if declared else not roles
    require(complete, "COMPOSITION_MISMATCH", "a role has no finding, or has one too many")
