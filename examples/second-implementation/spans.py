"""Leaves of a message: the head, the cut, cut lists, closure. Page: docs/spec/spans.md."""

import re
from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

import document
from encoding import utf16_length, utf16_order
from messages import NO_MESSAGE, Authors, MessageRoles, roles_of_messages
from refusal import Refusal, refused_as, require
from strict_json import Value, append_pointer, parse_canonical, read_pointer

MAX_LEAVES = 50_000
MAX_POINTER = 65_536
PROMPT_ROLES = ("instructions", "context", "history", "input")


class Leaf(NamedTuple):
    kind: str
    role: str
    pointer: str
    offset: int
    data: bytes


HEAD_KINDS = ("method", "path", "query", "status", "header", "unrecorded", "cutList")
BODY_KINDS = ("structure", "value", "text", "member", "event", "opaque")

# The head

REQUEST_HEADERS = frozenset((
    "accept", "anthropic-beta", "anthropic-version", "content-encoding", "content-type",
    "openai-beta", "user-agent",
))
RESPONSE_HEADERS = frozenset((
    "content-encoding", "content-type", "openai-version", "request-id", "x-request-id",
))
QUERY_MEMBERS = frozenset(("alt", "api-version", "beta"))
PARAMETER_QUERY = frozenset(("api-version", "beta"))
PARAMETER_HEADERS = frozenset(("anthropic-beta", "anthropic-version", "openai-beta"))

Pair = Tuple[str, str]


def _head_leaf(kind: str, pointer: str, text: str, role: str = "") -> Leaf:
    return Leaf(kind, role, pointer, 0, text.encode("utf-8"))


def split_query(query: str) -> List[Pair]:
    if not query:
        return []
    return [(name, value) for name, _, value in (part.partition("=") for part in query.split("&"))]


def _recorded(pairs: Sequence[Pair], listed: frozenset) -> List[Pair]:
    """Sorted by name; those of one name keep their order."""
    return sorted((pair for pair in pairs if pair[0] in listed), key=lambda pair: pair[0])


def _recorded_headers(headers: Sequence[Pair], listed: frozenset) -> List[Pair]:
    trimmed = [(_lower(name), value.strip(" \t\r\n")) for name, value in headers]
    return _recorded(trimmed, listed)


def _lower(name: str) -> str:
    return re.sub("[A-Z]+", lambda found: found.group().lower(), name)


def _header_leaves(headers: Sequence[Pair]) -> List[Leaf]:
    return [
        _head_leaf("header", name, value, "parameters" if name in PARAMETER_HEADERS else "")
        for name, value in headers
    ]


def request_head(
    method: str, path: str, query: str, headers: Sequence[Pair], cut_list: bytes = b"[]",
    counts: Optional[Pair] = None,
) -> List[Leaf]:
    """`counts` are those of a head that is made again; nobody can count what is not there."""
    members = split_query(query)
    shown_members = _recorded(members, QUERY_MEMBERS)
    shown_headers = _recorded_headers(headers, REQUEST_HEADERS)
    if counts is None:
        counts = (str(len(members) - len(shown_members)), str(len(headers) - len(shown_headers)))
    return [
        _head_leaf("method", "", method),
        _head_leaf("path", "", path),
        *(
            _head_leaf("query", name, value, "parameters" if name in PARAMETER_QUERY else "")
            for name, value in shown_members
        ),
        *_header_leaves(shown_headers),
        _head_leaf("unrecorded", "query", counts[0]),
        _head_leaf("unrecorded", "header", counts[1]),
        Leaf("cutList", "", "", 0, cut_list),
    ]


def response_head(
    status: str, headers: Sequence[Pair], count: Optional[str] = None,
) -> List[Leaf]:
    shown = _recorded_headers(headers, RESPONSE_HEADERS)
    if count is None:
        count = str(len(headers) - len(shown))
    return [
        _head_leaf("status", "", status),
        *_header_leaves([(name, value) for name, value in shown]),
        _head_leaf("unrecorded", "header", count),
    ]


# Cut lists

class Whole(NamedTuple):
    """The whole text of a passage; its length is None where nobody had the text."""

    length: Optional[int]
    sha256: str


class Passage(NamedTuple):
    """An entry of a cut list. Without a place, `pointer` is None, and `whole` is there."""

    label: str
    pointer: Optional[str] = None
    start: int = 0
    end: int = 0
    version: Optional[str] = None
    rank: Optional[int] = None
    whole: Optional[Whole] = None


def read_cut_list(data: bytes) -> List[Passage]:
    with refused_as("CUT_LIST_MALFORMED"):
        value = parse_canonical(data, 1_048_576)
        passages = document.each(value, _read_passage, most=1_000)
    for one, following in zip(passages, passages[1:]):
        require(_ordered(one, following), "CUT_LIST_MALFORMED", "not sorted, or not disjoint")
    return passages


def _read_passage(value: Value) -> Passage:
    has_place = value.get("pointer") is not None
    needed = ("pointer", "start", "end", "label") if has_place else ("label", "whole")
    optional = ("version", "rank", "whole") if has_place else ("version", "rank")
    members = document.members(value, needed, optional)
    pointer, start, end = None, 0, 0
    if has_place:
        pointer = document.text(members["pointer"], most=1_024)
        read_pointer(pointer)
        start, end = document.integer(members["start"]), document.integer(members["end"])
        require(start < end, "CUT_LIST_MALFORMED", "a passage without bytes")
    return Passage(
        document.text(members["label"], most=256), pointer, start, end,
        document.text(members["version"], most=256) if "version" in members else None,
        document.integer(members["rank"]) if "rank" in members else None,
        _read_whole(members["whole"], has_place) if "whole" in members else None,
    )


def _read_whole(value: Value, has_place: bool) -> Whole:
    needed = ("length", "sha256") if has_place else ("sha256",)
    members = document.members(value, needed, ("length",))
    digest = document.hexadecimal(members["sha256"])
    length = document.integer(members["length"], least=1) if "length" in members else None
    return Whole(length, digest)


def _ordered(one: Passage, following: Passage) -> bool:
    """First those that have a place, then those that have none."""
    if following.pointer is None:
        return one.pointer is not None or _by_label(one) <= _by_label(following)
    if one.pointer is None:
        return False
    if one.pointer == following.pointer:
        return one.end <= following.start
    return utf16_order(one.pointer) < utf16_order(following.pointer)


def _by_label(passage: Passage) -> Tuple[bytes, str]:
    return utf16_order(passage.label), passage.whole.sha256


# The cut

class Shape(NamedTuple):
    """What a place of a JSON body is expected to be; anything else there is one `value`.

    kind             the others that are there
    value            content
    discriminator    texts
    object           members, is_group
    array            item
    messages         item, authors, content
    textOrParts      item
    texts
    oneOrMany        item
    variants         by, members (by the text), otherwise
    """

    kind: str
    role: str
    content: bool = False
    texts: frozenset = frozenset()
    members: Optional[Dict[str, "Shape"]] = None
    is_group: bool = False
    item: Optional["Shape"] = None
    authors: Optional[Authors] = None
    by: str = ""
    otherwise: Optional["Shape"] = None

    def variant(self, value: Value) -> "Shape":
        """Of an object that says by one of its members what it is."""
        told = value.get(self.by)
        text = told.text() if told else None
        return self.otherwise if text is None else self.members.get(text, self.otherwise)


class Span(NamedTuple):
    kind: str
    role: str
    pointer: str
    start: int
    end: int
    value: Optional[Value] = None  # of a `value` or `member`
    within: str = ""  # of a passage: the role that its string would have
    label: Optional[str] = None  # of a passage: the application's own name for it


class TooLarge(Exception):
    """The cut is beyond its bound: the body is one opaque leaf."""


INDEX = re.compile("/(?:0|[1-9][0-9]*)(?=/|$)")


def place_of(pointer: str) -> str:
    """A pointer with `*` for every index."""
    return INDEX.sub("/*", pointer)


LISTS = ("array", "textOrParts")


def cut(root: Value, shape: Shape, unknown_role: str) -> List[Span]:
    spans: List[Span] = []
    unknown = Shape("value", unknown_role)

    def add(kind: str, role: str, pointer: str, start: int, value: Value) -> None:
        if utf16_length(pointer) > MAX_POINTER or len(spans) >= MAX_LEAVES:
            raise TooLarge
        spans.append(Span(kind, role, pointer, start, value.end, value))

    def down(value: Value, shape: Shape, pointer: str, roles: MessageRoles) -> None:
        kind = shape.kind
        if kind == "variants":
            down(value, shape.variant(value), pointer, roles)
        elif kind == "oneOrMany":
            item = shape.item
            one = Shape("array", item.role, item=item) if value.kind == "array" else item
            down(value, one, pointer, roles)
        elif kind == "object" and value.kind == "object":
            for name, member in value.data.items():
                place = append_pointer(pointer, name)
                if name in shape.members:
                    down(member, shape.members[name], place, roles)
                else:
                    add("member", unknown_role, place, member.name_start, member)
        elif kind == "messages" and value.kind == "array":
            of_messages = roles_of_messages(value.data, shape.authors)
            for index, (element, of_message) in enumerate(zip(value.data, of_messages)):
                item = unknown if of_message is None else shape.item
                down(element, item, f"{pointer}/{index}", of_message or NO_MESSAGE)
        elif value.kind == "array" and (kind in LISTS or _all_texts(value, shape)):
            item = shape.item or Shape("value", shape.role)
            for index, element in enumerate(value.data):
                down(element, item, f"{pointer}/{index}", roles)
        elif kind == "discriminator" and value.text() in shape.texts:
            pass  # structure
        else:
            role = {"author": roles.author, "result": roles.result}.get(shape.role, shape.role)
            add("value", role, pointer, value.start, value)

    down(root, shape, "", NO_MESSAGE)
    return spans


def _all_texts(value: Value, shape: Shape) -> bool:
    return shape.kind == "texts" and all(element.kind == "string" for element in value.data)


def apply_cut_list(body: bytes, spans: List[Span], passages: Sequence[Passage]) -> List[Span]:
    of_pointer: Dict[str, List[Passage]] = {}
    for passage in passages:
        if passage.pointer is not None:
            of_pointer.setdefault(passage.pointer, []).append(passage)
    result: List[Span] = []
    for span in spans:
        takes_cuts = span.kind == "value" and span.role in PROMPT_ROLES
        cuts = of_pointer.pop(span.pointer, None) if takes_cuts else None
        if cuts:
            result.extend(_pieces(body, span, cuts))
        else:
            result.append(span)
    require(not of_pointer, "CUT_LIST_MALFORMED", "a passage where none can be")
    return result


def _pieces(body: bytes, span: Span, cuts: Sequence[Passage]) -> List[Span]:
    require(span.value.kind == "string", "CUT_LIST_MALFORMED", "a passage of no string")
    first, last = span.start + 1, span.end - 1
    content = body[first:last]
    places = {place for one in cuts for place in (one.start, one.end)}
    require(max(places) <= len(content), "CUT_LIST_MALFORMED", "beyond the string")
    require(not _divided(content, places), "CUT_LIST_MALFORMED", "divides a character")
    pieces: List[Span] = []

    def piece(role: str, start: int, end: int, *passage: str) -> None:
        if start < end:
            pieces.append(
                Span("text", role, span.pointer, first + start, first + end, None, *passage)
            )

    at = 0
    for one in cuts:
        piece(span.role, at, one.start)
        piece("context", one.start, one.end, span.role, one.label)
        at = one.end
    piece(span.role, at, len(content))
    return pieces


SURROGATE_PAIR = rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
UNIT = re.compile(SURROGATE_PAIR + rb"|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)


def _divided(content: bytes, places: set) -> bool:
    """Whether one of the places is inside an escape, a pair of escapes or a UTF-8 sequence."""
    inside_utf8 = any(place < len(content) and content[place] & 0xC0 == 0x80 for place in places)
    return inside_utf8 or any(
        place in places
        for escape in UNIT.finditer(content) for place in range(escape.start() + 1, escape.end())
    )


MAX_PIECE = 256
MAX_OUTPUT_PIECES = 20_000
SPACES = "\t\n\r \u3000"
MARKS = ".!?"
WIDE_MARKS = "\u3002\uff01\uff1f"
CHARACTER = re.compile(UNIT.pattern + rb"|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]+", re.DOTALL)
SHORT_ESCAPES = {rb"\t": "\t", rb"\n": "\n", rb"\r": "\r"}


def cut_outputs(body: bytes, spans: List[Span]) -> List[Span]:
    result: List[Span] = []
    left = MAX_OUTPUT_PIECES
    for span in spans:
        is_output = span.kind == "value" and span.role == "output" and span.value.kind == "string"
        first, last = span.start + 1, span.end - 1
        places = [first, *_sentence_ends(body, first, last), last] if is_output else []
        count = len(places) - 1
        if count < 2 or count > left:
            result.append(span)
            continue
        left -= count
        result.extend(
            Span("text", span.role, span.pointer, start, end)
            for start, end in zip(places, places[1:])
        )
    return result


def _sentence_ends(body: bytes, first: int, last: int) -> List[int]:
    """Where a piece ends and another begins."""
    ends: List[int] = []
    before = ""  # the text so far, as far back as it matters: a mark and the white space after it
    for found in CHARACTER.finditer(body, first, last):
        character = _decoded(found.group())
        start = ends[-1] if ends else first
        if character not in SPACES + WIDE_MARKS and _ends_sentence(before):
            ends.append(found.start())
        elif found.end() - start > MAX_PIECE:
            ends.append(found.start())
        before = before + character if character in SPACES else character
    return ends


def _ends_sentence(text: str) -> bool:
    word = text.rstrip(SPACES)
    spaces = text[len(word):]
    if word and word in WIDE_MARKS:
        return True
    return "\n" in spaces or bool(spaces and word and word in MARKS)


def _decoded(data: bytes) -> str:
    """The character, or one of no meaning for a pair of escapes."""
    if not data.startswith(b"\\"):
        return data.decode("utf-8")
    if data[1:2] != b"u":
        return SHORT_ESCAPES.get(data, "\\")
    return chr(int(data[2:], 16)) if len(data) == 6 else "\\"


def leaves_of(body: bytes, spans: Sequence[Span]) -> List[Leaf]:
    """The spans, and structure between them: they tile the body."""
    leaves: List[Leaf] = []
    at = 0
    for span in spans:
        if at < span.start:
            leaves.append(Leaf("structure", "", "", at, body[at:span.start]))
        leaves.append(
            Leaf(span.kind, span.role, span.pointer, span.start, body[span.start:span.end])
        )
        at = span.end
    if at < len(body):
        leaves.append(Leaf("structure", "", "", at, body[at:]))
    if len(leaves) > MAX_LEAVES:
        raise TooLarge
    return leaves


def opaque_leaves(body: bytes, role: str = "", pointer: str = "") -> List[Leaf]:
    return [Leaf("opaque", role, pointer, 0, body)] if body else []


# Closure: what the leaves of a head say, read back

class RequestFacts(NamedTuple):
    method: str
    path: str
    query: str
    headers: List[Pair]
    counts: Pair
    cut_list: Optional[bytes]

    def head(self) -> List[Leaf]:
        return request_head(
            self.method, self.path, self.query, self.headers, self.cut_list, self.counts,
        )


class ResponseFacts(NamedTuple):
    status: str
    headers: List[Pair]
    count: str

    def head(self) -> List[Leaf]:
        return response_head(self.status, self.headers, self.count)


def _text(leaf: Leaf) -> str:
    with refused_as("CLOSURE_BROKEN"):
        try:
            return leaf.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refusal("UTF8_MALFORMED", str(error)) from None


def _fact(leaves: Sequence[Leaf], kind: str, pointer: Optional[str] = None) -> str:
    for leaf in leaves:
        if leaf.kind == kind and pointer in (None, leaf.pointer):
            return _text(leaf)
    raise Refusal("CLOSURE_BROKEN", f"the head has no {kind}")


def _number(leaves: Sequence[Leaf], kind: str, pointer: Optional[str] = None) -> str:
    number = _fact(leaves, kind, pointer)
    require(re.fullmatch("0|[1-9][0-9]{0,5}", number), "CLOSURE_BROKEN", f"{kind} is no number")
    return number


def _pairs(leaves: Sequence[Leaf], kind: str) -> List[Pair]:
    return [(leaf.pointer, _text(leaf)) for leaf in leaves if leaf.kind == kind]


def read_request_head(leaves: Sequence[Leaf]) -> RequestFacts:
    lists = [leaf.data for leaf in leaves if leaf.kind == "cutList"]
    return RequestFacts(
        method=_fact(leaves, "method"),
        path=_fact(leaves, "path"),
        query="&".join(f"{name}={value}" for name, value in _pairs(leaves, "query")),
        headers=_pairs(leaves, "header"),
        counts=(
            _number(leaves, "unrecorded", "query"), _number(leaves, "unrecorded", "header"),
        ),
        cut_list=lists[0] if lists else None,
    )


def read_response_head(leaves: Sequence[Leaf]) -> ResponseFacts:
    return ResponseFacts(
        status=_number(leaves, "status"),
        headers=_pairs(leaves, "header"),
        count=_number(leaves, "unrecorded", "header"),
    )


def content_type_of(headers: Sequence[Pair]) -> Optional[str]:
    """Several are read as one, joined with a comma and a space; None where there is none."""
    values = [value.strip(" \t\r\n") for name, value in headers if _lower(name) == "content-type"]
    return ", ".join(values) if values else None


def body_of(leaves: Sequence[Leaf]) -> bytes:
    return b"".join(leaf.data for leaf in leaves if leaf.kind in BODY_KINDS)
