"""Declared against sent: parts, findings, what a record shows. Page: docs/spec/composition.md."""

from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import policy
from components import Component, is_kept, matches_source
from declaration import Declaration, Role, component_digest
from dialect import PartNames, RequestCut
from encoding import utf16_length
from passages import Fate
from record import MAX_NAME
from refusal import Refusal, require
from roles import ROLES, SENT, SEQUENCES
from spans import INDEX, Leaf, Span, place_of
from strict_json import Value, canonical_bytes, read_pointer, resolve_escapes
from tool_additions import tool_additions


# Parts

class Part(NamedTuple):
    role: str
    name: str
    encoding: str
    value: bytes
    within: str = ""  # of a passage: the role that its string would have
    label: Optional[str] = None  # of a passage: the application's own name for it


def list_parts(head: Sequence[Leaf], body: bytes, cut: RequestCut) -> List[Part]:
    parts = [
        Part("parameters", f"{leaf.kind} {leaf.pointer}", "text", leaf.data)
        for leaf in head if leaf.role == "parameters"
    ]
    names = _Names(cut.names)
    if cut.model_in_path is not None:
        value = cut.model_in_path.encode("utf-8")
        parts.append(Part("model", names.of("model", "path", None), "text", value))
    for span in cut.spans:
        encoding, value = _decoded(span, body)
        name = names.of(span.role, span.pointer, span.value)
        parts.append(Part(span.role, name, encoding, value, span.within, span.label))
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


class _Names:
    """Names parts in the order in which they are sent."""

    def __init__(self, table: PartNames) -> None:
        self.table = table
        self.grouped_names = {place.rpartition("/")[2] for place in table.grouped}
        self.counts: Dict[str, int] = {}

    def of(self, role: str, pointer: str, value: Optional[Value]) -> str:
        if role in SEQUENCES and place_of(pointer) not in self.table.contents:
            return pointer
        count = self.counts.get(role, 0)
        self.counts[role] = count + 1
        if role in SEQUENCES:
            return str(count)
        if role in ("model", "outputFormat"):
            first = "model" if role == "model" else "response_format"
            return pointer if count else first
        if role == "tools" and _is_element(pointer):
            return (_tool_name(value) if value else None) or pointer
        name = read_pointer(pointer)[-1] if role == "tools" else self._parameter(pointer)
        is_used = name is not None and not name.startswith(RESERVED)
        return name if is_used and (name or role != "tools") else pointer

    def _parameter(self, pointer: str) -> Optional[str]:
        path = read_pointer(pointer)
        if pointer in self.table.grouped:
            return path[-1]
        return path[0] if len(path) == 1 and path[0] not in self.grouped_names else None


RESERVED = ("/", "header ", "query ")


def _is_element(pointer: str) -> bool:
    return bool(INDEX.fullmatch(pointer, pointer.rfind("/")))


def _tool_name(tool: Value) -> Optional[str]:
    definition = tool.get("function")
    if definition is None or definition.is_null():
        definition = tool.get("custom")
    is_object = definition is not None and definition.kind == "object"
    told = [(definition if is_object else tool).get("name")]
    told += [tool.get(name) for name in ("server_label", "mcp_server_name", "type")]
    texts = [one.text() for one in told if one]
    return next((text for text in texts if text), None)


# Findings

class Finding(NamedTuple):
    role: str
    finding: str
    name: Optional[str] = None  # of a fixed component, the policy, or an undeclared part
    is_passage: bool = False  # about a passage that the application named


def compare(declaration: Declaration, parts: Sequence[Part], cut: RequestCut) -> List[Finding]:
    findings: List[Finding] = []
    for role in SENT:
        findings.extend(_compare_role(role, declaration, parts, cut.unobservable))
        if role == "context" and declaration.roles[role].state != "any":
            findings.extend(_passage_findings(cut.passages))
    if declaration.rules():
        return findings  # what rules say comes from their results
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
    divided = [] if _may_hold(role, declaration) else [
        Finding(role, "undeclared", part.name)
        for part in parts if part.within == role and part.name not in declared.allow
    ]
    return _compare_fixed(role, declaration, own, divided)


def _may_hold(role: str, declaration: Declaration) -> bool:
    """Whether passages may stand in a fixed role."""
    context = declaration.roles["context"]
    return context.state in ("any", "fixed") or role in context.inside


OF_PASSAGES = {"truncated": "mismatch", "missing": "missing", "unlocated": "unobservable"}


def _passage_findings(fates: Sequence[Fate]) -> List[Finding]:
    return [
        Finding("context", OF_PASSAGES[fate.state], fate.passage.label, is_passage=True)
        for fate in fates if fate.state in OF_PASSAGES
    ]


def _within_bounds(slot: Role, parts: Sequence[Part]) -> bool:
    size = sum(len(part.value) for part in parts)
    return (
        (slot.max_bytes is None or size <= slot.max_bytes)
        and (slot.max_count is None or len(parts) <= slot.max_count)
        and (slot.min_count is None or len(parts) >= slot.min_count)
        and all(_has_source(slot, part) for part in parts)
    )


def _has_source(slot: Role, part: Part) -> bool:
    if not slot.sources:
        return True
    return part.label is not None and any(matches_source(one, part.label) for one in slot.sources)


def _compare_fixed(
    role: str, declaration: Declaration, parts: Sequence[Part], divided: Sequence[Finding],
) -> List[Finding]:
    declared = declaration.roles[role]
    first: Dict[str, Part] = {}
    for part in parts:
        first.setdefault(part.name, part)
    findings: List[Finding] = []
    for component in declared.components:
        part = first.get(component.name)
        if part is None:
            if not component.optional:
                findings.append(Finding(role, "missing", component.name))
            continue
        digest_of = _digester(part, declaration.blind)
        kept = is_kept(component, part.encoding, part.value, digest_of)
        added = None if kept else _additions(component, part, digest_of)
        is_match = kept or added is not None
        findings.append(Finding(role, "match" if is_match else "mismatch", component.name))
        names = [f"{part.name}/{member}" for member in added or ()]
        findings.extend(
            Finding(role, "undeclared", name) for name in names if name not in declared.allow
        )
    names = {component.name for component in declared.components}
    for part in parts:
        taken = part.name in names and first[part.name] is part
        if not taken and part.name not in declared.allow:
            findings.append(Finding(role, "undeclared", part.name))
    findings.extend(divided)
    return findings or [Finding(role, "match")]


def _additions(
    component: Component, part: Part, digest_of: Callable[[bytes], str],
) -> Optional[List[str]]:
    is_fixed_tool = part.role == "tools" and part.encoding == "json" and component.digest
    return tool_additions(part.value, component.digest, digest_of) if is_fixed_tool else None


def _digester(part: Part, blind: Optional[bytes]) -> Callable[[bytes], str]:
    return lambda value: component_digest(part.role, part.name, part.encoding, value, blind)


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
    """The names of what was sent never stand in a record, only their number."""
    shown: List[Dict[str, Any]] = []
    for role in ROLES:
        counts = dict.fromkeys(("undeclared", "missing", "mismatch", "unobservable"), 0)
        for one in findings:
            if one.role != role:
                continue
            if one.finding == "undeclared" or one.is_passage:
                counts[one.finding] += 1
                continue
            name = {} if one.name is None else {"name": one.name}
            shown.append({"role": role, "finding": one.finding, **name})
        shown += [
            {"role": role, "finding": finding, "count": count}
            for finding, count in counts.items() if count
        ]
    return shown


def recorded_composition(
    declaration: Optional[Declaration], parts: Sequence[Part], cut: RequestCut,
    said: Optional[policy.Said] = None,
) -> Dict[str, Any]:
    """What is said of rules is taken as it is: that it is true is a check of its own."""
    is_public = declaration is not None and declaration.is_public
    roles = role_states(parts, cut.unobservable, declaration is not None, is_public)
    if declaration is None:
        return {"findings": [], "result": "undeclared", "roles": roles, "policy": said}
    findings = recorded_findings(compare(declaration, parts, cut))
    if said is not None:
        findings.append(policy.finding_of(said))
    return {"findings": findings, "result": result_of(findings), "roles": roles, "policy": said}


def result_of(findings: Sequence[Dict[str, Any]]) -> str:
    return "kept" if all(one["finding"] == "match" for one in findings) else "broken"


def require_coherent(composition: Dict[str, Any], declaration: Optional[Declaration]) -> None:
    """What must hold where the composition is only claimed, too."""
    findings, said = composition["findings"], composition["policy"]
    declared = declaration is not None
    policy.require_told(said, declaration.rules() if declared else [])
    expected = result_of(findings) if declared else "undeclared"
    require(composition["result"] == expected, "COMPOSITION_MISMATCH", "the result")
    roles = {one["role"] for one in findings}
    complete = roles == set(ROLES) if declared else not roles
    require(complete, "COMPOSITION_MISMATCH", "a role has no finding, or has one too many")
    if declared and said is not None:
        own = [one for one in findings if one["role"] == "policy"]
        require(own == [policy.finding_of(said)], "COMPOSITION_MISMATCH", "the policy's finding")
