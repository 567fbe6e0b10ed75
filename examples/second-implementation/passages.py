"""Named passages: what became of each, and where they stand.

Page: docs/spec/spans.md, "Named passages" and "Finding passages".
"""

from typing import List, NamedTuple, Optional, Sequence, Tuple

from encoding import sha256, utf16_order
from refusal import require
from spans import CHARACTER, PROMPT_ROLES, Leaf, Passage, Span, Whole
from strict_json import resolve_escapes

MIN_BEGINNING = 32


class Fate(NamedTuple):
    passage: Passage
    state: str  # `placed`, `whole`, `truncated`, `missing` or `unlocated`
    length: Optional[int] = None  # of what is there of a truncated one


def fates_of(body: bytes, spans: Sequence[Span], passages: Sequence[Passage]) -> List[Fate]:
    """`spans` are those of the body, cut with the passages."""
    places = iter([body[span.start:span.end] for span in spans if span.label is not None])
    return [
        _unplaced(one) if one.pointer is None else _placed(one, next(places)) for one in passages
    ]


def _unplaced(passage: Passage) -> Fate:
    return Fate(passage, "unlocated" if passage.whole.length is None else "missing")


def _placed(passage: Passage, place: bytes) -> Fate:
    whole = passage.whole
    if whole is None:
        return Fate(passage, "placed")
    data = resolve_escapes(place).encode("utf-8")
    if len(data) < whole.length:
        return Fate(passage, "truncated", len(data))
    same = len(data) == whole.length and sha256(data).hex() == whole.sha256
    require(same, "CUT_LIST_MALFORMED", "the place holds another text")
    return Fate(passage, "whole")


# Finding passages. Texts are compared by UTF-16 code units: as many bytes are two of each.

class Named(NamedTuple):
    """A passage as the application names it: by its text, or by its digest alone."""

    label: str
    version: Optional[str]
    rank: Optional[int]
    text: Optional[str]
    sha256: Optional[str]


class _Prompt:
    """A string of the request, and the places in it that are taken."""

    def __init__(self, leaf: Leaf) -> None:
        self.pointer = leaf.pointer
        self.starts: List[int] = []  # of each code unit: bytes after the opening quote
        text = ""
        for found in CHARACTER.finditer(leaf.data, 1, len(leaf.data) - 1):
            character = resolve_escapes(found.group())
            units = len(_units(character)) // 2
            self.starts += [found.start() - 1] * units
            text += character
        self.starts.append(len(leaf.data) - 2)
        self.units = _units(text)
        self.taken: List[Tuple[int, int]] = []

    def holds(self, units: bytes) -> bool:
        return self.find(units, 0) is not None

    def find(self, units: bytes, start: int) -> Optional[int]:
        at = self.units.find(units, 2 * start)
        while at % 2:  # -1, or between two code units
            if at < 0:
                return None
            at = self.units.find(units, at + 1)
        return at // 2

    def take(self, units: bytes) -> Optional[Tuple[int, int]]:
        """The first free place: start and end in bytes after the opening quote."""
        start = self.find(units, 0)
        while start is not None:
            end = start + len(units) // 2
            if all(end <= first or last <= start for first, last in self.taken):
                self.taken.append((start, end))
                return self.starts[start], self.starts[end]
            start = self.find(units, start + 1)
        return None


def _units(text: str) -> bytes:
    return text.encode("utf-16-be")


def find_passages(leaves: Sequence[Leaf], named: Sequence[Named]) -> List[Passage]:
    """The cut list of a request; `leaves` are those of its body, cut without passages."""
    is_read = all(leaf.kind != "opaque" for leaf in leaves)
    prompts = [
        _Prompt(leaf) for leaf in leaves
        if leaf.kind == "value" and leaf.role in PROMPT_ROLES and leaf.data.startswith(b'"')
    ]
    found = [_find(prompts, one, is_read) for one in named]
    return sorted(found, key=_order)


def _order(passage: Passage) -> Tuple[bool, bytes, object]:
    if passage.pointer is None:
        return True, utf16_order(passage.label), passage.whole.sha256
    return False, utf16_order(passage.pointer), passage.start


def _find(prompts: Sequence[_Prompt], one: Named, is_read: bool) -> Passage:
    passage = Passage(one.label, version=one.version, rank=one.rank)
    if one.text is None:
        return passage._replace(whole=Whole(None, one.sha256))
    data = one.text.encode("utf-8")
    digest = sha256(data).hex()
    units = _longest_there(prompts, _units(one.text)) if is_read else b""
    if is_read and units is None:
        return passage._replace(whole=Whole(len(data), digest))
    for prompt in prompts:
        place = prompt.take(units)
        if place:
            start, end = place
            return passage._replace(
                pointer=prompt.pointer, start=start, end=end, whole=Whole(len(data), digest),
            )
    return passage._replace(whole=Whole(None, digest))


def _longest_there(prompts: Sequence[_Prompt], units: bytes) -> Optional[bytes]:
    """All of it, or else its longest beginning; where a longer one is there, a shorter one is."""
    def there(length: int) -> bool:
        return any(prompt.holds(units[:2 * length]) for prompt in prompts)

    longest = len(units) // 2
    if there(longest):
        return units
    while longest >= MIN_BEGINNING and not there(longest):
        longest -= 1
    if longest and 0xD8 <= units[2 * longest - 2] <= 0xDB:
        longest -= 1  # half of a surrogate pair
    return units[:2 * longest] if longest >= MIN_BEGINNING else None
