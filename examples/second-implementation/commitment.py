"""Leaf hashes, salts, the tree, the commitment. Page: docs/spec/commitment.md."""

from typing import Sequence

from encoding import hmac_sha256, lp, sha256, tag, u64
from merkle import largest_power_of_two_below
from spans import Leaf


def leaf_hash(leaf: Leaf, index: int, salt: bytes) -> bytes:
    return sha256(
        tag("colophon/leaf/v1") + lp(salt) + lp(leaf.kind) + lp(leaf.role) + lp(leaf.pointer)
        + u64(index) + u64(leaf.offset) + u64(len(leaf.data)) + leaf.data
    )


def derive_salt(secret: bytes, direction: str, index: int) -> bytes:
    """Only an issuer does this: a disclosure shows the salts of the leaves that it opens."""
    return hmac_sha256(secret, tag("colophon/salt/v1") + lp(direction) + u64(index))[:16]


def root_of(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    left = largest_power_of_two_below(len(hashes))
    return sha256(tag("colophon/node/v1") + root_of(hashes[:left]) + root_of(hashes[left:]))


def commitment(
    direction: str, dialect: str, hashes: Sequence[bytes], body_length: int,
) -> bytes:
    return sha256(
        tag("colophon/commitment/v1") + lp(direction) + lp(dialect)
        + u64(len(hashes)) + u64(body_length) + root_of(hashes)
    )
