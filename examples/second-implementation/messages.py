"""The roles of messages, by their author and place. Page: docs/spec/dialects.md, "Messages"."""

from typing import Dict, List, NamedTuple, Optional, Sequence

from strict_json import Value


class Authors(NamedTuple):
    """How the messages of a dialect say whose they are."""

    by: str  # the member that names the author
    authors: Dict[str, str]
    types: Dict[str, str]  # of those that say it by their `type`
    otherwise: Optional[str]  # of an object that says neither


class MessageRoles(NamedTuple):
    author: str
    result: str  # what the role of a result would be there


NO_MESSAGE = MessageRoles("", "")


def roles_of_messages(
    messages: Sequence[Value], table: Authors,
) -> List[Optional[MessageRoles]]:
    """None where the author is unknown."""
    authors = [_author(message, table) for message in messages]
    last_turn = max((at for at, one in enumerate(authors) if one in ("user", "result")), default=-1)
    history_ends = max(
        (at for at in range(last_turn) if authors[at] == "assistant"), default=-1,
    )
    return [_roles(author, at <= history_ends) for at, author in enumerate(authors)]


def _author(message: Value, table: Authors) -> Optional[str]:
    if message.kind != "object":
        return None
    kind = _text(message, "type") if table.types else None
    if kind in table.types:
        return table.types[kind]
    if message.get(table.by):
        return table.authors.get(_text(message, table.by))
    return table.otherwise if kind is None else None


def _text(message: Value, name: str) -> Optional[str]:
    member = message.get(name)
    return member.text() if member else None


def _roles(author: Optional[str], is_history: bool) -> Optional[MessageRoles]:
    if author is None:
        return None
    result = "history" if is_history else "context"
    if author == "instructions":
        return MessageRoles(author, result)
    if author == "result":
        return MessageRoles(result, result)
    return MessageRoles("history" if is_history else "input", result)
