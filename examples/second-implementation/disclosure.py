"""Disclosures: the file, opening commitments, closure of what is open.

Pages: docs/spec/disclosure.md, and docs/spec/spans.md, "Closure".
"""

from typing import List, NamedTuple, Optional, Sequence, Tuple, Union

import commitment
import document
import spans
from components import ENCODINGS
from declaration import Declaration, component_digest, read_document
from dialect import Answer, RequestCut
from dialects import choose_dialect, dialect_named
from refusal import refused_as, require
from roles import ROLES
from spans import BODY_KINDS, HEAD_KINDS, Leaf
from strict_json import Value, parse

MAX_BYTES = 134_217_728
MAX_NODES = 8_320_000
MAX_CONTAINERS = 545_000
MAX_LEAVES = 260_000


# The file

class OpenLeaf(NamedTuple):
    leaf: Leaf
    salt: bytes

    @property
    def length(self) -> int:
        return len(self.leaf.data)


class ClosedLeaf(NamedTuple):
    leaf: Leaf  # without its bytes
    hash: bytes
    length: int


ShownLeaf = Union[OpenLeaf, ClosedLeaf]


class Content(NamedTuple):
    role: str
    name: str
    encoding: str
    value: str


class Disclosure(NamedTuple):
    run_id: str
    document: Optional[Declaration]
    contents: Optional[List[Content]]
    request: Optional[List[ShownLeaf]]
    response: Optional[List[ShownLeaf]]


def read_disclosure(data: bytes) -> Disclosure:
    with refused_as("DISCLOSURE_MALFORMED"):
        return _read(parse(data, MAX_BYTES, MAX_NODES, MAX_CONTAINERS))


def _read(value: Value) -> Disclosure:
    members = document.members(
        value, ("format", "runId"), ("declaration", "request", "response"),
    )
    document.one_of(members["format"], ("colophon/disclosure/v1",))
    shown = contents = None
    if "declaration" in members:
        declaration = document.members(members["declaration"], ("contents", "document"))
        shown = read_document(declaration["document"])
        contents = document.each(declaration["contents"], _read_content, most=10_000)
    return Disclosure(
        document.hexadecimal(members["runId"]), shown, contents,
        _read_leaves(members.get("request")), _read_leaves(members.get("response")),
    )


def _read_content(value: Value) -> Content:
    members = document.members(value, ("encoding", "name", "role", "value"))
    return Content(
        document.one_of(members["role"], ROLES),
        document.text(members["name"], most=256),
        document.one_of(members["encoding"], ENCODINGS),
        document.text(members["value"]),
    )


def _read_leaves(value: Optional[Value]) -> Optional[List[ShownLeaf]]:
    return None if value is None else document.each(value, _read_leaf, most=MAX_LEAVES)


def _read_leaf(value: Value) -> ShownLeaf:
    if value.get("hash"):
        more = ("hash", "length")
    else:
        more = ("salt", "text" if value.get("text") else "base64")
    members = document.members(value, ("kind", "role", "pointer", "offset", *more))
    leaf = Leaf(
        document.one_of(members["kind"], HEAD_KINDS + BODY_KINDS),
        document.text(members["role"], most=64),
        document.text(members["pointer"], most=spans.MAX_POINTER),
        document.integer(members["offset"]),
        b"",
    )
    if "hash" in members:
        digest = bytes.fromhex(document.hexadecimal(members["hash"]))
        return ClosedLeaf(leaf, digest, document.integer(members["length"]))
    if "text" in members:
        data = document.text(members["text"]).encode("utf-8")
    else:
        data = document.base64_bytes(members["base64"])
    salt = bytes.fromhex(document.hexadecimal(members["salt"], 16))
    return OpenLeaf(leaf._replace(data=data), salt)


# Opening

def open_message(
    shown: Sequence[ShownLeaf], direction: str, dialect: str, expected: str,
) -> None:
    code = "DISCLOSURE_MISMATCH"
    require(shown, code, "no leaves")
    length = 0
    in_body = False
    for one in shown:
        if one.leaf.kind in BODY_KINDS:
            in_body = True
            require(one.leaf.offset == length, code, "the offsets do not add up")
            length += one.length
        else:
            require(not in_body, code, "a leaf of the head behind the body")
    hashes = [
        commitment.leaf_hash(one.leaf, index, one.salt) if isinstance(one, OpenLeaf) else one.hash
        for index, one in enumerate(shown)
    ]
    found = commitment.commitment(direction, dialect, hashes, length).hex()
    require(found == expected, code, "another commitment")


def all_open(shown: Sequence[ShownLeaf]) -> bool:
    return all(isinstance(one, OpenLeaf) for one in shown)


# Closure

class ClosedRequest(NamedTuple):
    leaves: List[Leaf]
    head: List[Leaf]
    body: bytes
    cut: RequestCut


class ClosedResponse(NamedTuple):
    leaves: List[Leaf]
    body: bytes
    status: int
    answer: Answer


def close_request(leaves: Sequence[Leaf], dialect_id: str) -> ClosedRequest:
    """Makes the whole request again from its leaves, and compares leaf by leaf."""
    dialect = dialect_named(dialect_id)
    facts = spans.read_request_head(leaves)
    chosen = choose_dialect(facts.method, facts.path)
    require(chosen is dialect, "CLOSURE_BROKEN", "another dialect reads such requests")
    require(facts.cut_list is not None, "CUT_LIST_MALFORMED", "there is no cut list")
    passages = spans.read_cut_list(facts.cut_list)
    head, body = facts.head(), spans.body_of(leaves)
    content_type = spans.content_type_of(facts.headers)
    cut = dialect.cut_request(facts.path, body, content_type, passages)
    again = head + cut.leaves
    require(again == list(leaves), "CLOSURE_BROKEN", "the leaves are not those of the bytes")
    return ClosedRequest(again, head, body, cut)


def close_response(leaves: Sequence[Leaf], dialect_id: str) -> ClosedResponse:
    dialect = dialect_named(dialect_id)
    facts = spans.read_response_head(leaves)
    content_type = spans.content_type_of(facts.headers)
    body, status = spans.body_of(leaves), int(facts.status)
    again = facts.head() + dialect.cut_response(body, content_type)
    require(again == list(leaves), "CLOSURE_BROKEN", "the leaves are not those of the bytes")
    answer = dialect.read_answer(body, status, content_type)
    return ClosedResponse(again, body, status, answer)


# Declaration

def require_contents(
    disclosure: Disclosure, bound_id: Optional[str], published: Optional[Declaration],
) -> None:
    """The document has the bound id and was published; each content is that of a digest in it."""
    code = "DECLARATION_MISMATCH"
    require(bound_id is not None and published is not None, code, "the run is undeclared")
    shown = disclosure.document
    require(shown.id() == bound_id, code, "the document has another id")
    require(shown.published() == published.published(), code, "another document was published")
    declared = {(role, one.name): one for role, one in shown.components()}
    seen: set = set()
    for content in disclosure.contents:
        place: Tuple[str, str] = (content.role, content.name)
        require(place in declared, code, "no component")
        value = content.value.encode("utf-8")
        digest = component_digest(*place, content.encoding, value, shown.blind)
        one, prefix = (place, digest, content.encoding), declared[place].prefix
        own = (digest, content.encoding) in declared[place].digests()
        require(own and one not in seen, code, "another content, or one shown twice")
        require(prefix is None or prefix.size == len(value), code, "another start")
        seen.add(one)


def shows_all_contents(disclosure: Disclosure) -> bool:
    digests = [digest for _, one in disclosure.document.components() for digest in one.digests()]
    return len(disclosure.contents) == len(digests)
