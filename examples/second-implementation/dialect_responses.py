"""Answers of the Responses API. Page: docs/spec/dialects/openai-responses.md."""

import re
from typing import Dict, List, NamedTuple, Optional, Tuple

from dialect_answer import (
    Reader, Reading, elements_of, given, index_of, is_object, text_of,
)
from strict_json import Value


# Items

class Call(NamedTuple):
    id: str
    name: str
    arguments: str


# Where an item of a type has its arguments: the first that is given.
TEXT_CALLS = {"function_call": "arguments", "mcp_call": "arguments", "custom_tool_call": "input"}
OTHER_CALLS = {
    "mcp_approval_request": ("arguments",), "multi_agent_call": ("arguments",),
    "tool_search_call": ("arguments",), "computer_call": ("actions", "action"),
    "local_shell_call": ("action",), "shell_call": ("action",), "web_search_call": ("action",),
    "file_search_call": ("queries",), "apply_patch_call": ("operation",),
    "code_interpreter_call": ("code",), "program": ("code",),
    "image_generation_call": ("revised_prompt",),
}
Place = Tuple[int, int]  # of a part: its item's index and its own
NOWHERE = (-1, -1)


class Responses(Reader):
    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.id: Optional[str] = None
        self.number: Optional[int] = None
        self.has_begun = False
        self.item_ids: Dict[str, int] = {}  # of items without index
        self.parts: Dict[Place, str] = {}  # the pieces of each, joined
        self.arguments: Dict[int, str] = {}  # of the call of each item
        self.last_part: Place = NOWHERE
        self.text = ""

    def whole(self, root: Value) -> None:
        self._state(root)
        text, calls = self._output(root)
        self.seen.see_text(0, text)
        for index, call in enumerate(calls):
            self.seen.see_call(index, 0, *call)
        self._reason(root, text_of(root.get("status")))

    def _state(self, response: Value) -> None:
        self.seen.see_error(response)
        self.seen.error |= text_of(response.get("status")) == "failed"
        self.seen.see_model(response.get("model"))
        self.seen.see_usage(response.get("usage"))

    def _output(self, response: Value) -> Tuple[str, List[Call]]:
        items = elements_of(response.get("output"))
        if items is None:
            self.seen.anomaly = True
        else:
            self.seen.choice(0)
        texts: List[str] = []
        calls: List[Call] = []
        for item in items or ():
            if text_of(item.get("type")) is None:
                self.seen.anomaly = True
                continue
            texts += self._texts(item)
            call = self._call(item)
            calls += [call] if call else []
        text, total = "".join(texts), given(response.get("output_text"))
        self.seen.anomaly |= total is not None and total.text() != text
        return text, calls

    def _reason(self, response: Value, status: Optional[str]) -> None:
        if status == "completed":
            self.seen.see_reason(0, status)
        if status == "incomplete":
            details = response.get("incomplete_details")
            reason = text_of(details.get("reason")) if details else None
            self.seen.see_reason(0, status if reason is None else reason)

    def _texts(self, item: Value) -> List[str]:
        """The text of each part; one that shows none has an empty one."""
        if text_of(item.get("type")) != "message":
            return []
        parts = elements_of(item.get("content"))
        self.seen.anomaly |= parts is None
        return [self._part(part) for part in parts or ()]

    def _part(self, part: Optional[Value]) -> str:
        kind = text_of(part.get("type")) if part else None
        text = text_of(part.get("text")) if kind == "output_text" else None
        self.seen.anomaly |= kind is None or (kind == "output_text" and text is None)
        return text or ""

    def _call(self, item: Value, texts_only: bool = False) -> Optional[Call]:
        kind = text_of(item.get("type")) or ""
        if kind in TEXT_CALLS:
            arguments = text_of(item.get(TEXT_CALLS[kind])) or ""
        elif kind in OTHER_CALLS and not texts_only:
            members = [given(item.get(name)) for name in OTHER_CALLS[kind]]
            member = next((one for one in members if one), None)
            text = text_of(member)
            arguments = self.seen.canonical(member) if text is None else text
        else:
            return None
        ids = (text_of(item.get("call_id")), text_of(item.get("id")))
        name = text_of(item.get("name"))
        if name is None:
            name = kind[:-len("_call")] if kind.endswith("_call") else kind
        return Call(next((one for one in ids if one is not None), ""), name, arguments)

    # Streams

    def chunk(self, root: Value) -> None:
        self._number(given(root.get("sequence_number")))
        kind = text_of(root.get("type"))
        if kind is None or kind == "error":
            is_error = kind == "error" or given(root.get("error")) is not None
            self.seen.error |= is_error
            self.seen.anomaly |= not is_error
            return
        self._event(kind, root)

    def _number(self, value: Optional[Value]) -> None:
        if value is None:
            return
        is_number = value.kind == "number" and re.fullmatch("0|[1-9][0-9]{0,14}", value.data)
        number = int(value.data) if is_number else None
        follows = self.number is None or number == self.number + 1
        self.seen.anomaly |= number is None or not follows
        self.number = number

    def _event(self, kind: str, root: Value) -> None:
        name = kind[len("response."):] if kind.startswith("response.") else ""
        if name == "created":
            self.seen.anomaly |= self.has_begun
            self.has_begun = True
        if name in ("created", "in_progress", "queued"):
            self._response(root)
        elif name == "output_item.added":
            self._item(root, is_whole=False)
        elif name == "output_item.done":
            self._item(root, is_whole=True)
        elif name == "content_part.added":
            self._piece(self._place(root), self._part(root.get("part")))
        elif name == "content_part.done":
            self._check_part(self._place(root), self._part(root.get("part")))
        elif name == "output_text.delta":
            self._piece(self._place(root), text_of(root.get("delta")))
        elif name == "output_text.done":
            self._check_part(self._place(root), text_of(root.get("text")))
        elif name.endswith(("_arguments.delta", "_call_input.delta")):
            self._argument_piece(name, root)
        elif name in ("function_call_arguments.done", "mcp_call_arguments.done"):
            self._check_call(self._index(root), text_of(root.get("arguments")))
        elif name == "custom_tool_call_input.done":
            self._check_call(self._index(root), text_of(root.get("input")))
        elif name in ("completed", "incomplete", "failed"):
            self._end(root, name)

    def _index(self, root: Value) -> int:
        """Of an item; -1 where it has none."""
        told = root.get("output_index")
        if told is not None:
            index = index_of(told)
            return -1 if index is None else index
        item = root.get("item")
        known_by = given(root.get("item_id")) or (item.get("id") if item else None)
        name = text_of(known_by)
        return -1 if name is None else self.item_ids.setdefault(name, len(self.item_ids))

    def _place(self, root: Value) -> Place:
        told = root.get("content_index")
        item, part = self._index(root), 0 if told is None else index_of(told)
        return NOWHERE if item < 0 or part is None else (item, part)

    def _response(self, root: Value) -> Optional[Value]:
        response = root.get("response")
        if not is_object(response):
            self.seen.anomaly = True
            return None
        self._state(response)
        name = text_of(response.get("id"))
        self.seen.anomaly |= None not in (name, self.id) and name != self.id
        self.id = name if self.id is None else self.id
        return response

    def _item(self, root: Value, is_whole: bool) -> None:
        item = root.get("item")
        if not is_object(item) or text_of(item.get("type")) is None or self._index(root) < 0:
            self.seen.anomaly = True
            return
        index = self._index(root)
        for part, text in enumerate(self._texts(item)):
            (self._check_part if is_whole else self._piece)((index, part), text)
        call = self._call(item, texts_only=not is_whole)
        if call and is_whole:
            self._check_call(index, call.arguments, call)
        elif call:
            self._see_call(index, call.arguments, call)

    def _piece(self, place: Place, text: Optional[str]) -> None:
        self.seen.anomaly |= text is None
        if text:
            self.seen.anomaly |= place == NOWHERE or place < self.last_part
            self.last_part = max(place, self.last_part)
            self.parts[place] = self.parts.get(place, "") + text
            self.text += text
            self.seen.see_text(0, text)

    def _check_part(self, place: Place, whole: Optional[str]) -> None:
        self.seen.anomaly |= whole != self.parts.get(place, "")

    def _see_call(self, index: int, piece: str, call: Optional[Call] = None) -> None:
        self.seen.anomaly |= index < 0
        self.arguments[index] = self.arguments.get(index, "") + piece
        told = (call.id, call.name) if call else (None, None)
        self.seen.see_call(index, 0, *told, piece)

    def _argument_piece(self, name: str, root: Value) -> None:
        if name not in (
            "function_call_arguments.delta", "custom_tool_call_input.delta",
            "mcp_call_arguments.delta",
        ):
            return
        index, piece = self._index(root), text_of(root.get("delta"))
        self.seen.anomaly |= piece is None or index not in self.arguments
        if piece is not None:
            self._see_call(index, piece)

    def _check_call(self, index: int, whole: Optional[str], call: Optional[Call] = None) -> None:
        known = self.arguments.get(index, "")
        self.seen.anomaly |= whole is None or known not in ("", whole)
        self._see_call(index, "" if known else whole or "", call)

    def _end(self, root: Value, status: str) -> None:
        self.seen.ended = True
        self.seen.error |= status == "failed"
        response = self._response(root)
        if response is None:
            return
        told = given(response.get("status"))
        self.seen.anomaly |= told is not None and told.text() != status
        text, calls = self._output(response)
        streamed = [
            Call(one.id or "", one.name or "", one.arguments) for one in self.seen.tool_calls()
        ]
        self.seen.anomaly |= text != self.text or calls != streamed
        self._reason(response, status)
