"""Answers of Anthropic Messages. Page: docs/spec/dialects/anthropic-messages.md."""

from typing import Dict, List, Optional, Union

from dialect_answer import (
    Reader, Reading, elements_of, given, index_of, is_object, text_of,
)
from strict_json import Value

CALLS = ("tool_use", "server_tool_use", "mcp_tool_use")


class Block:
    """A block of a stream."""

    def __init__(self, index: int, kind: str, start: Value) -> None:
        self.index = index
        self.kind = kind
        self.is_open = True
        self.input = start.get("input")  # counts if there is no piece


class Messages(Reader):
    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.has_begun = False
        self.blocks: List[Block] = []
        self.last_text = 0  # the highest block that has had text
        self.usage: Dict[str, Value] = {}

    def whole(self, root: Value) -> None:
        seen = self.seen
        seen.see_error(root)
        seen.see_model(root.get("model"))
        seen.see_usage(root.get("usage"))
        blocks = elements_of(root.get("content"))
        if blocks is None:
            seen.anomaly = True
            return
        seen.choice(0)
        for index, block in enumerate(blocks):
            self._whole_block(index, block)
        seen.see_reason(0, text_of(root.get("stop_reason")))

    def _whole_block(self, key: Union[int, str], block: Value) -> None:
        kind = text_of(block.get("type"))
        self.seen.anomaly |= kind is None
        if kind == "text":
            text = text_of(block.get("text"))
            self.seen.anomaly |= text is None
            self.seen.see_text(0, text or "")
        if kind in CALLS:
            self._call(key, block, self.seen.canonical(block.get("input")))

    def _call(self, key: Union[int, str], block: Optional[Value], piece: str) -> None:
        of_block = (text_of(block.get("id")), text_of(block.get("name"))) if block else (None, None)
        self.seen.see_call(key, 0, *of_block, piece)

    # Streams

    def chunk(self, root: Value) -> None:
        kind = text_of(root.get("type"))
        self.seen.anomaly |= kind is None
        self.seen.see_error(root)
        events = {
            "message_start": self._start, "content_block_start": self._start_block,
            "content_block_delta": self._delta, "content_block_stop": self._stop_block,
            "message_delta": self._change, "message_stop": self._stop,
        }
        if kind == "error":
            self.seen.error = True
        elif kind in events:
            events[kind](root)

    def _start(self, root: Value) -> None:
        message = root.get("message")
        self.seen.anomaly |= self.has_begun or not is_object(message)
        self.has_begun = True
        if not is_object(message):
            return
        self.seen.choice(0)
        self.seen.see_model(message.get("model"))
        self._see_usage(message.get("usage"))
        content = given(message.get("content"))
        self.seen.anomaly |= content is not None and content.kind != "array"
        for index, block in enumerate(elements_of(content) or ()):
            self._whole_block(f"start {index}", block)

    def _start_block(self, root: Value) -> None:
        start = root.get("content_block")
        kind = text_of(start.get("type")) if start else None
        fits = self.has_begun and not self.seen.all_finished()
        if not fits or kind is None or index_of(root.get("index")) != len(self.blocks):
            self.seen.anomaly = True
            return
        block = Block(len(self.blocks), kind, start)
        self.blocks.append(block)
        if kind == "text":
            self._text(block, start.get("text"))
        if kind in CALLS:
            self._call(block.index, start, "")
        if kind == "fallback":
            successor = start.get("to")
            name = text_of(successor.get("model")) if successor else None
            self.seen.model = name or self.seen.model

    def _open_block(self, root: Value) -> Optional[Block]:
        index = index_of(root.get("index"))
        if index is None or index >= len(self.blocks) or not self.blocks[index].is_open:
            self.seen.anomaly = True
            return None
        return self.blocks[index]

    def _delta(self, root: Value) -> None:
        block, delta = self._open_block(root), root.get("delta")
        kind = text_of(delta.get("type")) if delta else None
        self.seen.anomaly |= kind is None
        if block and kind == "text_delta":
            self._text(block, delta.get("text"))
        if block and kind == "input_json_delta":
            piece = text_of(delta.get("partial_json"))
            if piece is None or block.kind not in CALLS:
                self.seen.anomaly = True
            elif piece:
                block.input = None
                self._call(block.index, None, piece)

    def _text(self, block: Block, value: Optional[Value]) -> None:
        text = text_of(value)
        self.seen.anomaly |= text is None or block.kind != "text"
        if text:
            self.seen.anomaly |= block.index < self.last_text
            self.last_text = block.index
            self.seen.see_text(0, text)

    def _stop_block(self, root: Value) -> None:
        block = self._open_block(root)
        if block is None:
            return
        block.is_open = False
        if block.kind in CALLS and block.input is not None:
            self._call(block.index, None, self.seen.canonical(block.input))

    def _change(self, root: Value) -> None:
        delta = root.get("delta")
        self.seen.anomaly |= not self.has_begun or not is_object(delta)
        self._see_usage(root.get("usage"))
        self.seen.see_reason(0, text_of(delta.get("stop_reason")) if delta else None)

    def _stop(self, root: Value) -> None:
        self.seen.anomaly |= not self.has_begun or any(block.is_open for block in self.blocks)
        self.seen.ended = True

    def _see_usage(self, usage: Optional[Value]) -> None:
        """Counts are of the whole message so far."""
        if is_object(usage):
            for name, count in usage.data.items():
                if name not in self.usage or not count.is_null():
                    self.usage[name] = count
            self.seen.see_usage(Value("object", dict(self.usage), 0, 0))
