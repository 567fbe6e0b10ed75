"""What frameworks add to a tool that was declared without it.

Page: docs/spec/composition.md, "Additions to tools".
"""

from typing import Callable, List, Optional, Sequence

from refusal import Refusal
from strict_json import Value, canonical_bytes, parse

MOST = 4
SCHEMAS = (
    ("function", "parameters"), ("parameters",), ("input_schema",), ("parametersJsonSchema",),
)
ADDITIONS = (
    ("strict",), ("function", "strict"), ("eager_input_streaming",),
    *((*schema, name) for schema in SCHEMAS for name in ("$schema", "additionalProperties")),
)


def tool_additions(
    sent: bytes, declared: str, digest_of: Callable[[bytes], str],
) -> Optional[List[str]]:
    """The members without which a tool is the declared one; None where it is another."""
    tool = parse(sent)
    there = [path for path in ADDITIONS if _has(tool, path)]
    if len(there) > MOST:
        return None
    combinations = [
        [path for bit, path in enumerate(there) if number >> bit & 1]
        for number in range(1, 2 ** len(there))
    ]
    for left_out in sorted(combinations, key=len):
        value = tool
        for path in left_out:
            value = _without(value, path)
        if _digest(value, digest_of) == declared:
            return [path[-1] for path in left_out]
    return None


def _digest(value: Value, digest_of: Callable[[bytes], str]) -> Optional[str]:
    try:
        return digest_of(canonical_bytes(value))
    except Refusal:  # a number with an exponent beyond all measure
        return None


def _has(value: Optional[Value], path: Sequence[str]) -> bool:
    for name in path:
        value = value.get(name) if value else None
    return value is not None


def _without(value: Value, path: Sequence[str]) -> Value:
    members = {
        name: _without(of, path[1:]) if name == path[0] else of
        for name, of in value.data.items() if len(path) > 1 or name != path[0]
    }
    return Value("object", members, 0, 0)
