"""A log as files: paths of tiles, bundles of entries. Page: docs/spec/log.md, "Tiles".

A verifier of one record needs none of this.
"""

import re
from typing import List, NamedTuple

from refusal import require

FULL = 256
PATH = re.compile(
    r"tile/(0|[1-9]|[1-5][0-9]|6[0-3]|entries)"
    r"/((?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/([1-9][0-9]{0,2}))?"
)


class TilePath(NamedTuple):
    level: int  # -1: a bundle of entries
    index: int
    width: int


def read_path(path: str) -> TilePath:
    code = "TILE_PATH_MALFORMED"
    found = PATH.fullmatch(path)
    require(found, code)
    level, groups, width = found.groups()
    require(not groups.startswith("x000"), code, "a group too many")
    require(width is None or int(width) < FULL, code, "the width")
    index = int(groups.replace("x", "").replace("/", ""))
    return TilePath(-1 if level == "entries" else int(level), index, int(width or FULL))


def read_hash_tile_path(path: str) -> TilePath:
    read = read_path(path)
    require(read.level >= 0, "TILE_PATH_MALFORMED", "a bundle of entries")
    return read


def read_entry_bundle_path(path: str) -> TilePath:
    read = read_path(path)
    require(read.level < 0, "TILE_PATH_MALFORMED", "a hash tile")
    return read


def write_path(level: int, index: int, width: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    number = "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]
    return f"tile/{level}/{number}" + (f".p/{width}" if width < FULL else "")


def read_entry_bundle(bundle: bytes, width: int) -> List[bytes]:
    entries: List[bytes] = []
    at = 0
    for _ in range(width):
        require(at + 2 <= len(bundle), "TILE_MALFORMED", "too few entries")
        end = at + 2 + int.from_bytes(bundle[at:at + 2], "big")
        require(end <= len(bundle), "TILE_MALFORMED", "an entry is cut off")
        entries.append(bundle[at + 2:end])
        at = end
    require(at == len(bundle), "TILE_MALFORMED", "something stands behind the entries")
    return entries


def partial_tiles(size: int) -> List[str]:
    """At level L there are floor(size / 256^L) hashes; what fills no tile is the partial one."""
    paths: List[str] = []
    level = 0
    while size:
        full, width = divmod(size, FULL)
        if width:
            paths.append(write_path(level, full, width))
        size, level = full, level + 1
    return paths
