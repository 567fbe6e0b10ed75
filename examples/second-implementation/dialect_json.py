"""A dialect whose messages are JSON: its tables and its reader.

Page: docs/spec/dialects.md, "When a request is JSON", "Responses", "Streams".
"""

import re
from typing import Iterator, List, NamedTuple, Optional, Sequence, Tuple, Type

from dialect import ABSENT, UNOBSERVABLE, Answer, Dialect, Named, RequestCut
from dialect_answer import Reader, Reading
from dialect_opaque import opaque_request
from dialect_state import server_side_state, unread_roles
from dialect_table import Table, read_path, read_table
from passages import fates_of
from refusal import Refusal
from spans import (
    Leaf, Passage, TooLarge, apply_cut_list, cut, cut_outputs, leaves_of, opaque_leaves,
)
from strict_json import Value, parse

NOT_JSON_TYPE = "opaque: the content type is not JSON"
NOT_AN_OBJECT = "opaque: the body is not one strict JSON object of bounded size"
MAX_EVENTS = 250_000


# Content types

FLAGS = re.ASCII | re.IGNORECASE
JSON_TYPE = re.compile(r"application/(?:json|[a-z0-9.!#$&^_-]+\+json)", FLAGS)
CHARSET = re.compile(r';[ \t]*charset[ \t]*=[ \t]*"?([^";, \t]*)', FLAGS)
UTF_8 = re.compile("utf-?8", FLAGS)
STREAM_TYPES = {
    "text/event-stream": re.compile("text/event-stream", FLAGS),
    "application/x-ndjson": re.compile("application/(?:x-ndjson|jsonl|x-jsonlines)", FLAGS),
}


def media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip(" \t")


def is_json_type(content_type: Optional[str]) -> bool:
    if content_type is None:
        return True
    if not JSON_TYPE.fullmatch(media_type(content_type)):
        return False
    return all(UTF_8.fullmatch(charset) for charset in CHARSET.findall(content_type))


def parse_strict(data: bytes, *kinds: str) -> Optional[Value]:
    """A value of one of these kinds; None for anything else."""
    try:
        value = parse(data)
    except Refusal:
        return None
    return value if value.kind in kinds else None


# Streams

LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\n|\r)")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Event(NamedTuple):
    """An event, a line, or what follows the last one."""

    start: int
    end: int
    data: Optional[bytes]  # None where there is none
    is_finished: bool = True


def events_of(body: bytes) -> Iterator[Event]:
    start = 0
    data: List[bytes] = []
    at = len(BYTE_ORDER_MARK) if body.startswith(BYTE_ORDER_MARK) else 0
    for line in LINE.finditer(body, at):
        content = line.group(1)
        if not content:
            yield Event(start, line.end(), b"\n".join(data) if data else None)
            start, data = line.end(), []
        elif content == b"data":
            data.append(b"")
        elif content.startswith(b"data:"):
            value = content[5:]
            data.append(value[1:] if value.startswith(b" ") else value)
    if start < len(body):
        yield Event(start, len(body), None, False)


def lines_of(body: bytes) -> Iterator[Event]:
    start = 0
    while start < len(body):
        end = body.find(b"\n", start) + 1
        if not end:
            yield Event(start, len(body), None, False)
            return
        line = body[start:end - 1]
        yield Event(start, end, line if line.strip(b" \t\r") else None)
        start = end


# The dialect

class JsonDialect(Dialect):
    def __init__(self, name: str, reader: Type[Reader]) -> None:
        self.table: Table = read_table(name)
        self.id = self.table.id
        self.reader = reader

    def reads(self, method: str, path: str) -> bool:
        return method == "POST" and read_path(self.table.paths, path) is not None

    def cut_request(
        self, path: str, body: bytes, content_type: Optional[str],
        passages: Sequence[Passage] = (),
    ) -> RequestCut:
        if not is_json_type(content_type):
            return opaque_request(body, NOT_JSON_TYPE, passages)
        root = parse_strict(body, "object")
        if root is None:
            return opaque_request(body, NOT_AN_OBJECT, passages)
        table = self.table
        try:
            spans = apply_cut_list(body, cut(root, table.request, "parameters"), passages)
            leaves = leaves_of(body, spans)
        except TooLarge:
            return opaque_request(body, NOT_AN_OBJECT, passages)
        in_path = (read_path(table.paths, path) or [None])[0]
        in_body = root.get("model").text() if root.get("model") else None
        name = in_body if in_path is None else in_path
        return RequestCut(
            leaves, spans, ABSENT if name is None else Named("named", name),
            server_side_state(root, table.state, table.request) + unread_roles(spans, table),
            fates_of(body, spans, passages), in_path, table.names,
        )

    def cut_response(self, body: bytes, content_type: Optional[str]) -> List[Leaf]:
        return self._read(body, content_type)[0]

    def read_answer(self, body: bytes, status: int, content_type: Optional[str]) -> Answer:
        leaves, reading = self._read(body, content_type)
        answer = reading.answer(status)
        is_read = self._is_stream(content_type) or any(leaf.kind != "opaque" for leaf in leaves)
        return answer if is_read else answer._replace(model=UNOBSERVABLE)

    def _is_stream(self, content_type: Optional[str]) -> bool:
        wanted = STREAM_TYPES[self.table.streams]
        return content_type is not None and bool(wanted.fullmatch(media_type(content_type)))

    def _read(self, body: bytes, content_type: Optional[str]) -> Tuple[List[Leaf], Reading]:
        reading = Reading()
        reader = self.reader(reading)
        read = self._read_stream if self._is_stream(content_type) else self._read_whole
        return read(body, reader, reading), reading

    def _read_whole(self, body: bytes, reader: Reader, reading: Reading) -> List[Leaf]:
        shape = self.table.response
        kinds = ("object",) if shape.kind == "object" else ("object", "array")
        root = parse_strict(body, *kinds)
        try:
            if root is None:
                raise TooLarge
            leaves = leaves_of(body, cut_outputs(body, cut(root, shape, "metadata")))
        except TooLarge:
            reading.anomaly = True
            return opaque_leaves(body, "metadata")
        if root.kind == "object":
            reader.whole(root)
            reading.ended = True
            return leaves
        for chunk in root.data:
            _take(chunk, reader, reading)
        reader.at_end()
        return leaves

    def _read_stream(self, body: bytes, reader: Reader, reading: Reading) -> List[Leaf]:
        split = events_of if self.table.streams == "text/event-stream" else lines_of
        leaves: List[Leaf] = []
        has_end_data = False
        is_finished = True
        for number, (start, end, data, is_finished) in enumerate(split(body)):
            is_end = data is not None and data == self.table.end_data
            allowed = not has_end_data if is_end else data is None and is_finished
            reading.anomaly |= reading.ended and not allowed
            reading.has_text = False
            if is_end:
                reading.ended = has_end_data = True
            elif data is not None:
                _take(parse_strict(data, "object"), reader, reading)
            role = "output" if reading.has_text else "metadata"
            kind = "event" if is_finished else "opaque"
            leaves.append(Leaf(kind, role, f"/{number}", start, body[start:end]))
        if is_finished:
            reader.at_end()
        return opaque_leaves(body, "metadata") if len(leaves) > MAX_EVENTS else leaves


def _take(chunk: Optional[Value], reader: Reader, reading: Reading) -> None:
    if chunk is None or chunk.kind != "object":
        reading.anomaly = True
    else:
        reader.chunk(chunk)
