"""Policies: their form, and what is said of their rules. Page: docs/spec/policy.md.

Rules are not evaluated here: where a declaration has any, the check `policy` is not made, and says
so. What can be told without evaluating them is told.
"""

import re
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import document
from encoding import utf16_order
from refusal import require
from strict_json import Value, canonical_bytes

CODE = "DECLARATION_POLICY_MALFORMED"
MODE = "mode"
MAX_RULES = 32
MAX_RULE, MAX_SENTENCE = 2_000, 500
MODES = (
    b'{"mode":"observe"}',
    b'{"findings":"strict","mode":"enforce"}',
    b'{"findings":"reported","mode":"enforce"}',
)
RESULTS = ("kept", "violated", "notEvaluated")

Content = Tuple[str, str, bytes]  # name, encoding, value
STRICT: Content = ("strict", "text", b"strict")


def is_rule_name(name: str) -> bool:
    formed = re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", name)
    return formed is not None and name not in (MODE, "strict")


def require_form(components: Sequence[Tuple[str, str]], allow: Sequence[str]) -> None:
    """Of names and encodings: `strict`, or a mode and rules."""
    require(not allow, CODE, "a policy allows nothing")
    if list(components) == [STRICT[:2]]:
        return
    rules = [name for name, _ in components if name != MODE]
    require(len(components) == len(rules) + 1, CODE, "no mode")
    require(1 <= len(rules) <= MAX_RULES, CODE, "no rules, or too many")
    require(all(is_rule_name(name) for name in rules), CODE, "the name of a rule")
    require(all(encoding == "json" for _, encoding in components), CODE, "a text")


def known_contents(names: Sequence[str]) -> List[Content]:
    """What the component whose digest can be told may hold."""
    if list(names) == [STRICT[0]]:
        return [STRICT]
    return [(MODE, "json", mode) for mode in MODES]


def rule_names(names: Sequence[str]) -> List[str]:
    return [] if list(names) == [STRICT[0]] else [name for name in names if name != MODE]


# The file

def read_file_policy(value: Value) -> List[Content]:
    """`strict`, or an object with mode, findings and rules. Whether a rule is one is not told."""
    if value.text() == "strict":
        return [STRICT]
    require(value.kind == "object", CODE, "neither strict nor an object")
    written = {name: value.data[name] for name in value.data if name != "rules"}
    mode = canonical_bytes(Value("object", written, 0, 0))
    require(mode in MODES, CODE, "no mode that there is")
    rules = value.get("rules")
    require(rules is not None and rules.kind == "object", CODE, "no map of rules")
    require(1 <= len(rules.data) <= MAX_RULES, CODE, "no rules, or too many")
    contents = [(name, "json", _rule(name, of)) for name, of in rules.data.items()]
    return sorted([(MODE, "json", mode), *contents], key=lambda one: utf16_order(one[0]))


def _rule(name: str, value: Value) -> bytes:
    require(is_rule_name(name), CODE, "the name of a rule")
    members = document.members(value, ("rule", "says"))
    document.text(members["rule"], most=MAX_RULE)
    says = document.text(members["says"], most=MAX_SENTENCE)
    require(says.strip(), CODE, "a rule without a sentence")
    return canonical_bytes(value)


# In the record

class Said(NamedTuple):
    engine: Dict[str, str]
    results: List[Tuple[str, str]]  # rule and result, in order


def read_recorded(value: Value) -> Said:
    members = document.members(value, ("engine", "rules"))
    engine = document.members(members["engine"], ("name", "version", "facts"))
    return Said(
        {name: document.text(of, most=100) for name, of in engine.items()},
        document.each(members["rules"], _read_result, most=MAX_RULES),
    )


def _read_result(value: Value) -> Tuple[str, str]:
    members = document.members(value, ("rule", "result"))
    return document.text(members["rule"], most=64), document.one_of(members["result"], RESULTS)


def finding_of(said: Said) -> Dict[str, Any]:
    """The one finding of the role `policy`, which follows from the results."""
    results = [result for _, result in said.results]
    if "violated" in results:
        return {"role": "policy", "finding": "mismatch"}
    finding = "unobservable" if "notEvaluated" in results else "match"
    return {"role": "policy", "finding": finding}


def require_told(said: Optional[Said], declared: Sequence[str]) -> None:
    """Every rule that was declared, in order, and no others; names are published."""
    told = [] if said is None else [rule for rule, _ in said.results]
    fits = told == list(declared) and (said is None) == (not declared)
    require(fits, "COMPOSITION_MISMATCH", "other rules than were declared")
