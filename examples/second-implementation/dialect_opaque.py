"""The dialect that reads everything and tells nothing.

Page: docs/spec/dialects.md, "The opaque dialect".
"""

from typing import List, Optional, Sequence

from dialect import UNOBSERVABLE, Answer, Dialect, RequestCut
from passages import fates_of
from refusal import require
from roles import SENT
from spans import Leaf, Passage, opaque_leaves


def opaque_request(body: bytes, reason: str, passages: Sequence[Passage]) -> RequestCut:
    placed = [passage for passage in passages if passage.pointer is not None]
    require(not placed, "CUT_LIST_MALFORMED", "the body is not read as JSON")
    return RequestCut(
        opaque_leaves(body), [], UNOBSERVABLE, [(role, reason) for role in SENT],
        fates_of(body, [], passages),
    )


class Opaque(Dialect):
    id = "opaque/1"

    def reads(self, method: str, path: str) -> bool:
        return True

    def cut_request(
        self, path: str, body: bytes, content_type: Optional[str],
        passages: Sequence[Passage] = (),
    ) -> RequestCut:
        return opaque_request(body, "opaque: no dialect reads this API", passages)

    def cut_response(self, body: bytes, content_type: Optional[str]) -> List[Leaf]:
        return opaque_leaves(body)

    def read_answer(self, body: bytes, status: int, content_type: Optional[str]) -> Answer:
        return Answer([], UNOBSERVABLE, "error" if status >= 400 else "open")
