"""What a dialect is, and which one reads a request. Page: docs/spec/dialects.md.

The two dialects of this version are in dialect_opaque.py and dialect_chat_completions.py.
"""

from typing import List, NamedTuple, Optional, Sequence, Tuple

from spans import Leaf, Passage, Span


class Named(NamedTuple):
    """A model's name as a message has it: `named`, `absent`, or `unobservable`."""

    state: str
    name: Optional[str] = None


UNOBSERVABLE = Named("unobservable")
ABSENT = Named("absent")


class RequestCut(NamedTuple):
    leaves: List[Leaf]
    spans: List[Span]
    model: Named
    unobservable: List[Tuple[str, str]]  # role and reason


class Answer(NamedTuple):
    outputs: List[Tuple[int, str]]  # choice and text
    model: Named
    shape: str


class Dialect:
    id = ""

    def reads(self, method: str, path: str) -> bool:
        raise NotImplementedError

    def cut_request(
        self, body: bytes, content_type: Optional[str], passages: Sequence[Passage] = (),
    ) -> RequestCut:
        raise NotImplementedError

    def cut_response(self, body: bytes, content_type: Optional[str]) -> List[Leaf]:
        raise NotImplementedError

    def read_answer(self, body: bytes, status: int, content_type: Optional[str]) -> Answer:
        raise NotImplementedError
