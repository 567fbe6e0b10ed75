"""The tables of a dialect, read from docs/spec/dialects/*.json.

Page: docs/spec/dialects.md, "Tables" and "Tables as data".
"""

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from dialect import PartNames
from messages import Authors
from spans import Shape

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "spec" / "dialects"


class StateRule(NamedTuple):
    """A line of a table of server-side state."""

    at: Sequence[str]
    hides: str
    when: Any  # None, "given", "address", "true", {"oneOf": [...]} or {"noneOf": [...]}
    without: Sequence[str]
    name: str


class Table(NamedTuple):
    id: str
    paths: Sequence[str]
    streams: str
    end_data: Optional[bytes]
    request: Shape
    response: Shape
    state: Sequence[StateRule]
    names: PartNames
    messages: frozenset  # the places of a list of messages, and of its elements
    folded: Optional[frozenset]  # the names of all members in lower case, if any case is read


def read_table(name: str) -> Table:
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    end = data.get("endOfStream")
    request = read_shape(data["request"])
    places = list(_places(request, "", False))
    return Table(
        data["id"], data["paths"], data["streams"], end.encode("ascii") if end else None,
        request, read_shape(data["response"]),
        [_read_rule(rule) for rule in data["serverState"]],
        PartNames(
            frozenset(place for place, is_content, _ in places if is_content),
            frozenset(place for place, _, is_grouped in places if is_grouped),
        ),
        frozenset(
            place for name, member in request.members.items() if member.kind == "messages"
            for place in (f"/{name}", f"/{name}/*")
        ),
        frozenset(_names(request)) if data.get("foldsCase") else None,
    )


def _names(shape: Shape) -> Iterator[str]:
    for name, member in (shape.members or {}).items():
        if shape.kind == "object":
            yield name.lower()
        yield from _names(member)
    for one in (shape.item, shape.otherwise):
        if one:
            yield from _names(one)


def _read_rule(rule: Dict[str, Any]) -> StateRule:
    steps = rule["at"].split("/")[1:]
    return StateRule(
        steps, rule["hides"], rule.get("when"), rule.get("without", ()), rule.get("as", steps[-1]),
    )


def read_shape(data: Dict[str, Any]) -> Shape:
    kind = data["kind"]
    members = data.get("members", data.get("shapes"))
    item = data.get("items", data.get("item", data.get("part")))
    otherwise = data.get("otherwise")
    return Shape(
        kind, data["role"],
        content=data.get("content", False),
        texts=frozenset(data.get("texts", ())),
        members=None if members is None else {
            name: read_shape(of) for name, of in members.items()
        },
        is_group=data.get("group", False),
        item=read_shape(item) if item else None,
        authors=_read_authors(data["authors"]) if kind == "messages" else None,
        by=data.get("by", ""),
        otherwise=read_shape(otherwise) if otherwise else None,
    )


def _read_authors(data: Dict[str, Any]) -> Authors:
    return Authors(data["by"], data["authors"], data["types"], data.get("otherwise"))


def _places(shape: Shape, place: str, in_group: bool) -> Iterator[Tuple[str, bool, bool]]:
    """Every place of a value: whether it is content, and whether it is a value of a group."""
    kind = shape.kind
    if kind == "value":
        yield place, shape.content, in_group
    elif kind == "object":
        for name, member in shape.members.items():
            yield from _places(member, f"{place}/{name}", shape.is_group)
    elif kind == "variants":
        for one in [*shape.members.values(), shape.otherwise]:
            yield from _places(one, place, False)
    elif kind == "texts":
        yield place, True, False
        yield f"{place}/*", True, False
    elif kind == "oneOrMany":
        yield from _places(shape.item, place, False)
        yield from _places(shape.item, f"{place}/*", False)
    elif kind != "discriminator":  # a list of some kind
        yield place, kind == "textOrParts" or shape.content, False
        yield from _places(shape.item, f"{place}/*", False)


# Paths

MODEL = "{model}"


def read_path(patterns: Sequence[str], path: str) -> Optional[List[str]]:
    """The models that a path names, at most one; None where no pattern fits it."""
    for pattern in patterns:
        before, has_model, after = pattern.partition(MODEL)
        if not path.endswith(after if has_model else pattern):
            continue
        if not has_model:
            return []
        rest = path[:len(path) - len(after)]
        start = rest.rfind("/") + 1
        if rest[start:] and rest[:start].endswith(before):
            return [rest[start:]]
    return None
