"""The dialect openai-chat-completions/1. Page: docs/spec/dialects.md."""

import re
from typing import Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from dialect import ABSENT, UNOBSERVABLE, Answer, Dialect, Named, RequestCut
from dialect_opaque import opaque_request
from refusal import Refusal
from spans import (
    Leaf, Passage, Shape, TooLarge, apply_cut_list, cut, leaves_of, opaque_leaves,
)
from strict_json import Value, parse

NOT_JSON_TYPE = "opaque: the content type is not JSON"
NOT_AN_OBJECT = "opaque: the body is not one strict JSON object of bounded size"
MAX_EVENTS = 250_000
MAX_CHOICE = 511


# Content types

JSON_TYPE = re.compile(r"application/(?:json|[a-z0-9.!#$&^_-]+\+json)", re.ASCII | re.IGNORECASE)
CHARSET = re.compile(
    r';[ \t]*charset[ \t]*=[ \t]*"?([^";, \t]*)', re.ASCII | re.IGNORECASE,
)
UTF_8 = re.compile("utf-?8", re.ASCII | re.IGNORECASE)
EVENT_STREAM = re.compile("text/event-stream", re.ASCII | re.IGNORECASE)


def media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip(" \t")


def is_json_type(content_type: Optional[str]) -> bool:
    if content_type is None:
        return True
    if not JSON_TYPE.fullmatch(media_type(content_type)):
        return False
    return all(UTF_8.fullmatch(charset) for charset in CHARSET.findall(content_type))


def is_stream(content_type: Optional[str]) -> bool:
    return content_type is not None and bool(EVENT_STREAM.fullmatch(media_type(content_type)))


def parse_object(body: bytes) -> Optional[Value]:
    try:
        value = parse(body)
    except Refusal:
        return None
    return value if value.kind == "object" else None


# Request table

PARAMETERS = """
    audio frequency_penalty function_call logit_bias logprobs max_completion_tokens max_tokens
    metadata modalities moderation n parallel_tool_calls prediction presence_penalty
    prompt_cache_key prompt_cache_retention reasoning_effort safety_identifier seed service_tier
    stop store stream stream_options temperature tool_choice top_logprobs top_p user verbosity
""".split()
MESSAGE_VALUES = "name refusal audio tool_calls tool_call_id function_call".split()
PART_VALUES = "text image_url input_audio file refusal".split()
MESSAGE_ROLES = frozenset("system developer user assistant tool function".split())
PART_TYPES = frozenset("text image_url input_audio file refusal".split())


def values(names: Sequence[str], role: str) -> Dict[str, Shape]:
    return {name: Shape(role) for name in names}


def list_of(role: str, element: Shape) -> Shape:
    return Shape(role, elements=lambda index: element)


def message_shape(author_role: Optional[str]) -> Shape:
    if author_role is None:
        return Shape("parameters")
    part = Shape(author_role, members={
        "type": Shape(author_role, texts=PART_TYPES), **values(PART_VALUES, author_role),
    })
    return Shape(author_role, members={
        "role": Shape(author_role, texts=MESSAGE_ROLES),
        "content": list_of(author_role, part),
        **values(MESSAGE_VALUES, author_role),
    })


def request_shape(message_roles: Sequence[Optional[str]]) -> Shape:
    return Shape("parameters", members={
        "model": Shape("model"),
        "messages": Shape("parameters", elements=lambda at: message_shape(message_roles[at])),
        "tools": list_of("tools", Shape("tools")),
        "functions": list_of("tools", Shape("tools")),
        "web_search_options": Shape("tools"),
        "response_format": Shape("outputFormat"),
        **values(PARAMETERS, "parameters"),
    })


# Messages

AUTHORS = {
    "system": "instructions", "developer": "instructions", "user": "user",
    "assistant": "assistant", "tool": "result", "function": "result",
}


def roles_of_messages(root: Value) -> List[Optional[str]]:
    """The role of each message; None where its author is unknown."""
    messages = root.get("messages")
    if messages is None or messages.kind != "array":
        return []
    authors = [_author(message) for message in messages.data]
    last_turn = max((at for at, a in enumerate(authors) if a in ("user", "result")), default=-1)
    history_ends = max(
        (at for at in range(last_turn) if authors[at] == "assistant"), default=-1,
    )
    return [_role(author, at <= history_ends) for at, author in enumerate(authors)]


def _author(message: Value) -> Optional[str]:
    role = message.get("role")
    return AUTHORS.get(role.text()) if role else None


def _role(author: Optional[str], is_history: bool) -> Optional[str]:
    if author in (None, "instructions"):
        return author
    if is_history:
        return "history"
    return "context" if author == "result" else "input"


# Server-side state

BASE64_ALONE = re.compile("[A-Za-z0-9+/=_-]*")


def is_address(value: Optional[Value]) -> bool:
    text = value.text() if value else None
    if text is None or text[:5].lower() == "data:":
        return False
    return not BASE64_ALONE.fullmatch(text)


def server_side_state(root: Value, roles: Sequence[Optional[str]]) -> List[Tuple[str, str]]:
    found: Dict[Tuple[str, str], None] = {}  # a set that keeps its order
    messages = root.get("messages")
    for message, role in zip(messages.data if roles else (), roles):
        if role is None:
            continue
        for reason in _hidden_in_message(message):
            found[role, f"server-side: {reason}"] = None
    if root.get("web_search_options"):
        found["context", "server-side: web_search_options"] = None
    return list(found)


def _hidden_in_message(message: Value) -> Iterator[str]:
    content = message.get("content")
    for part in content.data if content and content.kind == "array" else ():
        file, image = part.get("file"), part.get("image_url")
        if file and file.get("file_id"):
            yield "file_id"
        if file and is_address(file.get("file_data")):
            yield "file_data"
        if image and (is_address(image) or is_address(image.get("url"))):
            yield "image_url"
    audio = message.get("audio")
    if audio and audio.get("id"):
        yield "audio.id"


# Response table

CHOICE_VALUES = "index finish_reason logprobs".split()
ANSWER_VALUES = "refusal annotations audio tool_calls function_call".split()
RESPONSE_VALUES = "id object created service_tier system_fingerprint usage error".split()

RESPONSE_SHAPE = Shape("metadata", members={
    "model": Shape("model"),
    "choices": list_of("metadata", Shape("metadata", members={
        "message": Shape("metadata", members={
            "role": Shape("metadata", texts=frozenset(("assistant",))),
            "content": Shape("output"),
            **values(ANSWER_VALUES, "metadata"),
        }),
        **values(CHOICE_VALUES, "metadata"),
    })),
    **values(RESPONSE_VALUES, "metadata"),
})


def cut_object(body: bytes) -> Optional[Tuple[Value, List[Leaf]]]:
    """A response that is one object and within the bound of the cut."""
    root = parse_object(body)
    if root is None:
        return None
    try:
        return root, leaves_of(body, cut(root, RESPONSE_SHAPE, "metadata"))
    except TooLarge:
        return None


# Streams

LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\n|\r)")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Event(NamedTuple):
    start: int
    end: int
    data: Optional[bytes]  # None where no line is data


def events_of(body: bytes) -> Tuple[List[Event], int]:
    """The events, and where the last of them ends."""
    events: List[Event] = []
    start = 0
    data: List[bytes] = []
    at = len(BYTE_ORDER_MARK) if body.startswith(BYTE_ORDER_MARK) else 0
    for line in LINE.finditer(body, at):
        content = line.group(1)
        if not content:
            events.append(Event(start, line.end(), b"\n".join(data) if data else None))
            start, data = line.end(), []
        elif content == b"data":
            data.append(b"")
        elif content.startswith(b"data:"):
            value = content[5:]
            data.append(value[1:] if value.startswith(b" ") else value)
    return events, start


# The answer

class Reading:
    """What was seen of an answer so far."""

    def __init__(self) -> None:
        self.error = False
        self.anomaly = False
        self.done = False
        self.model: Optional[str] = None
        self.texts: Dict[int, List[str]] = {}  # by choice
        self.finished: Dict[int, bool] = {}

    def completion(self, root: Value) -> None:
        self._object(root, "message")

    def event(self, event: Event) -> bool:
        """Whether the event added text to the answer."""
        if event.data is None:
            return False
        if self.done:
            self.anomaly = True
        if event.data == b"[DONE]":
            self.done = True
            return False
        root = parse_object(event.data)
        if root is None:
            self.anomaly = True
            return False
        return self._object(root, "delta")

    def _object(self, root: Value, wrapper: str) -> bool:
        error, model, choices = root.get("error"), root.get("model"), root.get("choices")
        if error and not error.is_null():
            self.error = True
        name = model.text() if model else None
        if name:
            self.anomaly |= self.model not in (None, name)
            self.model = self.model or name
        if choices is None:
            return False
        if choices.kind != "array":
            self.anomaly = True
            return False
        added = [self._choice(choice, wrapper) for choice in choices.data]
        return any(added)

    def _choice(self, choice: Value, wrapper: str) -> bool:
        index = choice_index(choice)
        if index is None:
            self.anomaly = True
            return False
        if wrapper == "message" and index in self.finished:
            self.anomaly = True
        self.finished.setdefault(index, False)
        text = self._text(choice.get(wrapper), wrapper)
        if text:
            self.anomaly |= self.finished[index]
            self.texts.setdefault(index, []).append(text)
        reason = choice.get("finish_reason")
        if reason and reason.text() is not None:
            self.anomaly |= self.finished[index]
            self.finished[index] = True
        return bool(text)

    def _text(self, holder: Optional[Value], wrapper: str) -> Optional[str]:
        if holder is None or holder.kind != "object":
            may_be_missing = wrapper == "delta" and (holder is None or holder.is_null())
            self.anomaly |= not may_be_missing
            return None
        content = holder.get("content")
        if content is None or content.is_null():
            return None
        self.anomaly |= content.kind != "string"
        return content.text()

    def outputs(self) -> List[Tuple[int, str]]:
        return [(index, "".join(self.texts[index])) for index in sorted(self.texts)]

    def shape(self, status: int, stream: bool) -> str:
        if status >= 400 or self.error:
            return "error"
        if self.anomaly:
            return "anomalous"
        if stream and not self.done:
            return "cut"
        if not self.finished:
            return "anomalous"
        return "complete" if all(self.finished.values()) else "cut"

    def named(self) -> Named:
        return ABSENT if self.model is None else Named("named", self.model)


def choice_index(choice: Value) -> Optional[int]:
    index = choice.get("index")
    if index is None or index.kind != "number":
        return None
    if not re.fullmatch("0|[1-9][0-9]{0,2}", index.data) or int(index.data) > MAX_CHOICE:
        return None
    return int(index.data)


# The dialect

class ChatCompletions(Dialect):
    id = "openai-chat-completions/1"

    def reads(self, method: str, path: str) -> bool:
        return method == "POST" and path.endswith("/chat/completions")

    def cut_request(
        self, body: bytes, content_type: Optional[str], passages: Sequence[Passage] = (),
    ) -> RequestCut:
        if not is_json_type(content_type):
            return opaque_request(body, NOT_JSON_TYPE, passages)
        root = parse_object(body)
        if root is None:
            return opaque_request(body, NOT_AN_OBJECT, passages)
        roles = roles_of_messages(root)
        try:
            whole = cut(root, request_shape(roles), "parameters")
            spans = apply_cut_list(body, whole, passages)
            leaves = leaves_of(body, spans)
        except TooLarge:
            return opaque_request(body, NOT_AN_OBJECT, passages)
        model = root.get("model")
        name = model.text() if model else None
        named = ABSENT if name is None else Named("named", name)
        return RequestCut(leaves, spans, named, server_side_state(root, roles))

    def cut_response(self, body: bytes, content_type: Optional[str]) -> List[Leaf]:
        if is_stream(content_type):
            return self._cut_stream(body)
        found = cut_object(body)
        return found[1] if found else opaque_leaves(body, "metadata")

    def _cut_stream(self, body: bytes) -> List[Leaf]:
        events, rest = events_of(body)
        if len(events) + (rest < len(body)) > MAX_EVENTS:
            return opaque_leaves(body, "metadata")
        reading = Reading()
        leaves = []
        for number, event in enumerate(events):
            role = "output" if reading.event(event) else "metadata"
            data = body[event.start:event.end]
            leaves.append(Leaf("event", role, f"/{number}", event.start, data))
        if rest < len(body):
            leaves.append(Leaf("opaque", "metadata", f"/{len(events)}", rest, body[rest:]))
        return leaves

    def read_answer(self, body: bytes, status: int, content_type: Optional[str]) -> Answer:
        reading = Reading()
        stream = is_stream(content_type)
        model = UNOBSERVABLE
        if stream:
            events, rest = events_of(body)
            for event in events:
                reading.event(event)
            reading.anomaly |= reading.done and rest < len(body)
            model = reading.named()
        else:
            found = cut_object(body)
            if found:
                reading.completion(found[0])
                model = reading.named()
            else:
                reading.anomaly = True
        return Answer(reading.outputs(), model, reading.shape(status, stream))
