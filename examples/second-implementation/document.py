"""Rules of documents: members, lengths, integers, digests. Page: docs/spec/json.md, "Documents".

Every function takes a Value and gives what it says, or refuses it with SCHEMA_MISMATCH. Documents
that have a code of their own wrap their reading in `refused_as`.
"""

import re
from typing import Callable, Collection, Dict, List, Optional, TypeVar

import encoding
from refusal import refused_as, require
from strict_json import Value

MAX_INTEGER = 2**53 - 1
MAX_DECIMAL = 2**63 - 1
T = TypeVar("T")


def members(
    value: Value, required: Collection[str], optional: Collection[str] = (),
) -> Dict[str, Value]:
    """An object of these members and no others."""
    require(value.kind == "object", "SCHEMA_MISMATCH", "no object")
    for name in required:
        require(name in value.data, "SCHEMA_MISMATCH", f"{name} is missing")
    for name in value.data:
        require(name in required or name in optional, "SCHEMA_MISMATCH", f"{name} is unknown")
    return value.data


def elements(value: Value, least: int = 0, most: Optional[int] = None) -> List[Value]:
    require(value.kind == "array", "SCHEMA_MISMATCH", "no array")
    require(len(value.data) >= least, "SCHEMA_MISMATCH", "too few elements")
    require(most is None or len(value.data) <= most, "SCHEMA_MISMATCH", "too many elements")
    return value.data


def text(value: Value, least: int = 0, most: Optional[int] = None) -> str:
    """A string; lengths are counted in UTF-16 code units."""
    require(value.kind == "string", "SCHEMA_MISMATCH", "no string")
    if least or most is not None:
        length = encoding.utf16_length(value.data)
        require(length >= least, "SCHEMA_MISMATCH", "the text is too short")
        require(most is None or length <= most, "SCHEMA_MISMATCH", "the text is too long")
    return value.data


def one_of(value: Value, choices: Collection[str]) -> str:
    require(text(value) in choices, "SCHEMA_MISMATCH", f"none of {', '.join(choices)}")
    return value.data


def boolean(value: Value) -> bool:
    require(value.kind == "literal" and value.data is not None, "SCHEMA_MISMATCH", "no boolean")
    return value.data


def integer(value: Value, least: int = 0, most: int = MAX_INTEGER) -> int:
    require(value.kind == "number", "SCHEMA_MISMATCH", "no number")
    require(re.fullmatch("0|[1-9][0-9]{0,15}", value.data), "SCHEMA_MISMATCH", "no integer")
    number = int(value.data)
    require(least <= number <= most, "SCHEMA_MISMATCH", "the integer is out of bounds")
    return number


def decimal(value: Value) -> int:
    return decimal_text(text(value), "SCHEMA_MISMATCH")


def decimal_text(written: str, code: str) -> int:
    """A decimal integer below 2^63 without sign and leading zero."""
    require(re.fullmatch("0|[1-9][0-9]{0,18}", written), code, "no decimal integer")
    require(int(written) <= MAX_DECIMAL, code, "the integer is out of bounds")
    return int(written)


def hexadecimal(value: Value, size: int = 32) -> str:
    """Digests and ids, and other bytes in hexadecimal. They stay texts: that is their one form."""
    with refused_as("SCHEMA_MISMATCH"):
        encoding.decode_hex(text(value), size)
    return value.data


def base64_bytes(value: Value, size: Optional[int] = None) -> bytes:
    with refused_as("SCHEMA_MISMATCH"):
        return encoding.decode_base64(text(value), size)


def time(value: Value) -> str:
    encoding.read_time(text(value))
    return value.data


def each(value: Value, read: Callable[[Value], T], least: int = 0, most: int = 1000) -> List[T]:
    return [read(element) for element in elements(value, least, most)]


def by_state(value: Value, members_of: Dict[str, tuple]) -> str:
    """The member `state` of an object whose other members depend on it."""
    require(value.kind == "object" and "state" in value.data, "SCHEMA_MISMATCH", "no state")
    state = one_of(value.data["state"], members_of)
    required, optional = (*members_of[state], ())[:2]
    members(value, ("state", *required), optional)
    return state
