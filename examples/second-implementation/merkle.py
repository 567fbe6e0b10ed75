"""The log's Merkle tree: roots, inclusion, consistency.

Pages: docs/spec/log-entry.md, "Inclusion", and docs/spec/log.md, "Consistency".
"""

from typing import List, Sequence, Tuple

from encoding import sha256
from refusal import require


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


EMPTY_ROOT = sha256(b"")


def root_of(hashes: Sequence[bytes]) -> bytes:
    """RFC 6962 section 2.1: on the left, the largest power of two that is smaller."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    left = largest_power_of_two_below(len(hashes))
    return node_hash(root_of(hashes[:left]), root_of(hashes[left:]))


def largest_power_of_two_below(n: int) -> int:
    return 1 << (n - 1).bit_length() - 1


def inner_and_border(index: int, size: int) -> Tuple[int, int]:
    inner = (index ^ (size - 1)).bit_length()
    return inner, bin(index >> inner).count("1")


def verify_inclusion(
    leaf: bytes, index: int, size: int, root: bytes, hashes: List[bytes],
) -> None:
    require(index < size, "PROOF_INVALID", "the index is not in the tree")
    inner, border = inner_and_border(index, size)
    require(len(hashes) == inner + border, "PROOF_LENGTH")
    reached = leaf
    for level, sibling in enumerate(hashes):
        if level >= inner or index >> level & 1:
            reached = node_hash(sibling, reached)
        else:
            reached = node_hash(reached, sibling)
    require(reached == root, "PROOF_INVALID", "the hashes lead to another root")


def consistency_length(first: int, second: int) -> int:
    """How many hashes SUBPROOF(m, D[n], true) of RFC 6962 has."""
    count, whole = 0, True
    while first != second:
        left = largest_power_of_two_below(second)
        if first <= left:
            second = left
        else:
            first, second, whole = first - left, second - left, False
        count += 1
    return count if whole else count + 1


def verify_consistency(
    first: int, first_root: bytes, second: int, second_root: bytes, hashes: List[bytes],
) -> None:
    require(first <= second, "PROOF_INVALID", "the older tree is the larger one")
    trivial = first in (0, second)
    expected = 0 if trivial else consistency_length(first, second)
    require(len(hashes) == expected, "PROOF_LENGTH")
    require(first or first_root == EMPTY_ROOT, "PROOF_INVALID", "the root of no leaves")
    require(second or second_root == EMPTY_ROOT, "PROOF_INVALID", "the root of no leaves")
    if trivial:
        require(first != second or first_root == second_root, "PROOF_INVALID", "two roots")
        return
    # RFC 9162 section 2.1.4.2
    rest = list(hashes)
    if first & (first - 1) == 0:
        rest.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    older = newer = rest[0]
    for sibling in rest[1:]:
        if fn & 1 or fn == sn:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            newer = node_hash(newer, sibling)
        fn, sn = fn >> 1, sn >> 1
    require(older == first_root, "PROOF_INVALID", "the hashes lead to another older root")
    require(newer == second_root, "PROOF_INVALID", "the hashes lead to another newer root")
