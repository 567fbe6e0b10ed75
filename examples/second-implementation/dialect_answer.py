"""An answer, put together of what is seen of it. Page: docs/spec/dialects.md, "The answer"."""

import re
from typing import Dict, List, Optional

from dialect import ABSENT, Answer, Named, ToolCall
from refusal import Refusal
from strict_json import Value, canonical

MAX_CHOICE = 511
MAX_CALLS = 1_024


class Choice:
    def __init__(self) -> None:
        self.texts: List[str] = []
        self.reason: Optional[str] = None


class Call:
    def __init__(self, choice: int) -> None:
        self.choice = choice
        self.id: Optional[str] = None
        self.name: Optional[str] = None
        self.pieces: List[str] = []


class Reading:
    """What was seen of an answer so far."""

    def __init__(self) -> None:
        self.error = False
        self.anomaly = False
        self.ended = False
        self.id: Optional[str] = None
        self.model: Optional[str] = None
        self.fingerprint: Optional[str] = None
        self.usage: Optional[Value] = None
        self.choices: Dict[int, Choice] = {}
        self.calls: Dict[object, Call] = {}  # by their keys, in the order in which they began
        self.has_text = False  # since it was last asked for

    def see_error(self, root: Value) -> None:
        self.error |= given(root.get("error")) is not None

    def see_id(self, value: Optional[Value]) -> None:
        name = text_of(value)
        self.anomaly |= bool(name and self.id and name != self.id)
        self.id = self.id or name

    def see_model(self, value: Optional[Value]) -> None:
        name = text_of(value)
        if name:
            self.anomaly |= self.model not in (None, name)
            self.model = self.model or name

    def see_fingerprint(self, value: Optional[Value]) -> None:
        self.fingerprint = text_of(value) or self.fingerprint

    def see_usage(self, value: Optional[Value]) -> None:
        if value and value.kind == "object":
            self.usage = value

    def choice(self, index: int) -> Choice:
        return self.choices.setdefault(index, Choice())

    def see_text(self, index: int, text: str) -> None:
        if text:
            choice = self.choice(index)
            self.anomaly |= choice.reason is not None
            choice.texts.append(text)
            self.has_text = True

    def see_reason(self, index: int, reason: Optional[str]) -> None:
        if reason is not None:
            choice = self.choice(index)
            self.anomaly |= choice.reason is not None
            choice.reason = reason

    def see_call(
        self, key: object, choice: int, id: Optional[str], name: Optional[str], piece: str,
    ) -> None:
        if key not in self.calls and len(self.calls) == MAX_CALLS:
            self.anomaly = True
            return
        call = self.calls.setdefault(key, Call(choice))
        self.anomaly |= bool(id and call.id and id != call.id)
        self.anomaly |= bool(name and call.name and name != call.name)
        call.id = call.id or id or None
        call.name = call.name or name or None
        call.pieces.append(piece)

    def canonical(self, value: Optional[Value]) -> str:
        """Arguments that an API gives as JSON; what has no canonical form is an anomaly."""
        try:
            return "" if value is None else canonical(value)
        except Refusal:
            self.anomaly = True
            return ""

    def all_finished(self) -> bool:
        return bool(self.choices) and all(
            choice.reason is not None for choice in self.choices.values()
        )

    def tool_calls(self) -> List[ToolCall]:
        return [
            ToolCall(call.choice, call.id, call.name, "".join(call.pieces))
            for call in self.calls.values()
        ]

    def shape(self) -> str:
        if self.error:
            return "error"
        if self.anomaly:
            return "anomalous"
        if not self.ended:
            return "cut"
        if not self.choices:
            return "anomalous"
        return "complete" if self.all_finished() else "cut"

    def answer(self, status: int) -> Answer:
        choices = [(index, self.choices[index]) for index in sorted(self.choices)]
        return Answer(
            [(index, "".join(one.texts)) for index, one in choices if one.texts],
            ABSENT if self.model is None else Named("named", self.model),
            "error" if status >= 400 else self.shape(),
            self.fingerprint,
            [one.reason for _, one in choices if one.reason is not None],
            self.tool_calls(),
            self.usage,
        )


class Reader:
    """Says what it sees of one answer. Each page of a dialect has one."""

    def __init__(self, reading: Reading) -> None:
        self.seen = reading

    def whole(self, root: Value) -> None:
        """A body that is no stream."""
        raise NotImplementedError

    def chunk(self, root: Value) -> None:
        raise NotImplementedError

    def at_end(self) -> None:
        """After the last chunk, of an API whose streams have no sign of their end."""


# What readers look at

def given(value: Optional[Value]) -> Optional[Value]:
    """Null is as good as nothing."""
    return None if value is None or value.is_null() else value


def text_of(value: Optional[Value]) -> Optional[str]:
    return value.text() if value else None


def is_object(value: Optional[Value]) -> bool:
    return value is not None and value.kind == "object"


def elements_of(value: Optional[Value]) -> Optional[List[Value]]:
    return value.data if value is not None and value.kind == "array" else None


def index_of(value: Optional[Value], most: int = 999) -> Optional[int]:
    """An integer in decimal."""
    if value is None or value.kind != "number":
        return None
    if not re.fullmatch("0|[1-9][0-9]{0,2}", value.data) or int(value.data) > most:
        return None
    return int(value.data)


def choice_of(value: Optional[Value]) -> Optional[int]:
    return index_of(value, MAX_CHOICE)
