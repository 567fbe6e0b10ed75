"""Leaves of a message: the head, the cut, cut lists, closure. Page: docs/spec/spans.md."""

import re
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import document
from encoding import utf16_length, utf16_order
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
        *(_head_leaf("query", name, value) for name, value in shown_members),
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

class Passage(NamedTuple):
    pointer: str
    start: int
    end: int
    label: str


def read_cut_list(data: bytes) -> List[Passage]:
    with refused_as("CUT_LIST_MALFORMED"):
        value = parse_canonical(data, 1_048_576)
        passages = document.each(value, _read_passage, most=1_000)
    for one, following in zip(passages, passages[1:]):
        if one.pointer == following.pointer:
            ordered = one.end <= following.start
        else:
            ordered = utf16_order(one.pointer) < utf16_order(following.pointer)
        require(ordered, "CUT_LIST_MALFORMED", "not sorted, or not disjoint")
    return passages


def _read_passage(value: Value) -> Passage:
    members = document.members(value, ("pointer", "start", "end", "label"))
    pointer = document.text(members["pointer"], most=1_024)
    read_pointer(pointer)
    start, end = document.integer(members["start"]), document.integer(members["end"])
    require(start < end, "CUT_LIST_MALFORMED", "a passage without bytes")
    return Passage(pointer, start, end, document.text(members["label"], most=256))


# The cut

class Shape(NamedTuple):
    """What a place of a JSON body is expected to be; anything else there is one `value`.

    At most one of the others is there: `members` of an object, the shape of the `elements` of a
    list (which may depend on the place), or the `texts` of a discriminator.
    """

    role: str
    members: Optional[Dict[str, "Shape"]] = None
    elements: Optional[Callable[[int], "Shape"]] = None
    texts: Optional[frozenset] = None


class Span(NamedTuple):
    kind: str
    role: str
    pointer: str
    start: int
    end: int
    value: Optional[Value] = None  # of a `value` or `member`
    within: str = ""  # of a passage: the role that its string would have


class TooLarge(Exception):
    """The cut is beyond its bound: the body is one opaque leaf."""


def cut(root: Value, shape: Shape, unknown_role: str) -> List[Span]:
    spans: List[Span] = []

    def add(kind: str, role: str, pointer: str, start: int, value: Value) -> None:
        if utf16_length(pointer) > MAX_POINTER or len(spans) >= MAX_LEAVES:
            raise TooLarge
        spans.append(Span(kind, role, pointer, start, value.end, value))

    def down(value: Value, shape: Shape, pointer: str) -> None:
        if shape.members is not None and value.kind == "object":
            for name, member in value.data.items():
                place = append_pointer(pointer, name)
                if name in shape.members:
                    down(member, shape.members[name], place)
                else:
                    add("member", unknown_role, place, member.name_start, member)
        elif shape.elements is not None and value.kind == "array":
            for index, element in enumerate(value.data):
                down(element, shape.elements(index), f"{pointer}/{index}")
        elif shape.texts is not None and value.text() in shape.texts:
            pass  # a discriminator is structure
        else:
            add("value", shape.role, pointer, value.start, value)

    down(root, shape, "")
    return spans


def apply_cut_list(body: bytes, spans: List[Span], passages: Sequence[Passage]) -> List[Span]:
    of_pointer: Dict[str, List[Passage]] = {}
    for passage in passages:
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

    def piece(role: str, start: int, end: int, within: str = "") -> None:
        if start < end:
            pieces.append(
                Span("text", role, span.pointer, first + start, first + end, None, within)
            )

    at = 0
    for one in cuts:
        piece(span.role, at, one.start)
        piece("context", one.start, one.end, within=span.role)
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
