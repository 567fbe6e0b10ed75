"""What a dialect is. Page: docs/spec/dialects.md; which one reads a request is in dialects.py."""

from typing import FrozenSet, List, NamedTuple, Optional, Sequence, Tuple

from passages import Fate
from spans import Leaf, Passage, Span
from strict_json import Value


class Named(NamedTuple):
    """A model's name as a message has it: `named`, `absent`, or `unobservable`."""

    state: str
    name: Optional[str] = None


UNOBSERVABLE = Named("unobservable")
ABSENT = Named("absent")


class PartNames(NamedTuple):
    """What a table says of the names of parts: pointers with `*` for every index."""

    contents: FrozenSet[str] = frozenset()
    grouped: FrozenSet[str] = frozenset()


class RequestCut(NamedTuple):
    leaves: List[Leaf]
    spans: List[Span]
    model: Named
    unobservable: List[Tuple[str, str]]  # role and reason
    passages: List[Fate]
    model_in_path: Optional[str] = None
    names: PartNames = PartNames()


class ToolCall(NamedTuple):
    choice: int
    id: Optional[str]
    name: Optional[str]
    arguments: str


class Answer(NamedTuple):
    outputs: List[Tuple[int, str]]  # choice and text
    model: Named
    shape: str
    fingerprint: Optional[str] = None
    finish_reasons: Sequence[str] = ()
    tool_calls: Sequence[ToolCall] = ()
    usage: Optional[Value] = None


class Dialect:
    id = ""

    def reads(self, method: str, path: str) -> bool:
        raise NotImplementedError

    def cut_request(
        self, path: str, body: bytes, content_type: Optional[str],
        passages: Sequence[Passage] = (),
    ) -> RequestCut:
        raise NotImplementedError

    def cut_response(self, body: bytes, content_type: Optional[str]) -> List[Leaf]:
        raise NotImplementedError

    def read_answer(self, body: bytes, status: int, content_type: Optional[str]) -> Answer:
        raise NotImplementedError
