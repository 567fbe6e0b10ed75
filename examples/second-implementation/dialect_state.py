"""What a request leans on at its server, and what is not read of it.

Page: docs/spec/dialects.md, "Server-side state" and "What is not read".
"""

import re
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from dialect_table import StateRule, Table
from messages import MessageRoles, roles_of_messages
from roles import SENT
from spans import Shape, Span, place_of
from strict_json import Value, read_pointer

BASE64_ALONE = re.compile("[A-Za-z0-9+/=_-]*")


def server_side_state(
    root: Value, rules: Sequence[StateRule], shape: Shape,
) -> List[Tuple[str, str]]:
    """Roles and reasons, line by line of the table; each once."""
    found: Dict[Tuple[str, str], None] = {}  # a set that keeps its order
    messages = _roles_of_messages(root, shape)
    for rule in rules:
        for place in _places(root, rule.at):
            role = _role(rule.hides, messages, place.message)
            what = _what(rule, place)
            if role is not None and what is not None:
                found[role, f"server-side: {what}"] = None
    return list(found)


class _Place(NamedTuple):
    value: Value
    holder: Optional[Value]  # the object that it stands in
    message: Optional[int]


def _places(
    value: Value, steps: Sequence[str], holder: Optional[Value] = None,
    message: Optional[int] = None,
) -> Iterator[_Place]:
    if not steps:
        yield _Place(value, holder, message)
        return
    step, rest = steps[0], steps[1:]
    if not step.startswith("*"):
        member = value.get(step)
        if member:
            yield from _places(member, rest, value, message)
        return
    for index, element in enumerate(value.data if value.kind == "array" else ()):
        kind = element.get("type")
        if step == "*" or (kind and kind.text() == step[2:-1]):
            at = index if message is None else message
            yield from _places(element, rest, value, at)


def _roles_of_messages(root: Value, shape: Shape) -> List[Optional[MessageRoles]]:
    for name, member in shape.members.items():
        messages = root.get(name)
        if member.kind == "messages" and messages and messages.kind == "array":
            return roles_of_messages(messages.data, member.authors)
    return []


def _role(
    hides: str, messages: Sequence[Optional[MessageRoles]], message: Optional[int],
) -> Optional[str]:
    if hides not in ("author", "result"):
        return hides
    if message is None or message >= len(messages) or messages[message] is None:
        return None
    return getattr(messages[message], hides)


def _what(rule: StateRule, place: _Place) -> Optional[str]:
    """What the reason names; None where the line does not hold."""
    others = [place.holder.get(name) for name in rule.without]
    if any(other and not other.is_null() for other in others):
        return None
    value, when = place.value, rule.when
    if when is None:
        return rule.name
    if when == "given":
        return None if value.is_null() else rule.name
    if when == "true":
        return rule.name if value.kind == "literal" and value.data is True else None
    text = value.text()
    if text is None:
        return None
    return _of_text(text, when, rule.name)


def _of_text(text: str, when: Any, name: str) -> Optional[str]:
    if when == "address":
        is_data = text[:5].lower() == "data:" or BASE64_ALONE.fullmatch(text)
        return None if is_data else name
    if "oneOf" in when:
        return text if text in when["oneOf"] else None
    return None if text in when["noneOf"] else name


# What is not read

OF_MESSAGES = ("instructions", "context", "history", "input")


def unread_roles(spans: Sequence[Span], table: Table) -> List[Tuple[str, str]]:
    if table.folded and any(
        span.kind == "member" and read_pointer(span.pointer)[-1].lower() in table.folded
        for span in spans
    ):
        return [(role, "unread: a name in another case") for role in SENT]
    is_unread = any(
        span.kind == "value" and span.role == "parameters"
        and place_of(span.pointer) in table.messages
        for span in spans
    )
    reason = "unread: a message of an unknown author"
    return [(role, reason) for role in OF_MESSAGES] if is_unread else []
