"""Bytes, encodings and times. Page: docs/spec/encoding.md."""

import base64
import binascii
import datetime
import hashlib
import hmac
import re
from typing import Optional, Union

from refusal import Refusal, require

TAGS = frozenset(
    f"colophon/{name}/v1"
    for name in ("component", "declaration", "run", "salt", "leaf", "node", "commitment")
)

EPOCH = datetime.date(1970, 1, 1).toordinal()
DAY_MS = 86_400_000


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hmac_sha256(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


# Notation

def u32(n: int) -> bytes:
    return n.to_bytes(4, "big")


def u64(n: int) -> bytes:
    return n.to_bytes(8, "big")


def lp(x: Union[bytes, str]) -> bytes:
    data = x.encode("utf-8") if isinstance(x, str) else x
    return u32(len(data)) + data


def tag(name: str) -> bytes:
    assert name in TAGS, f"the list of tags is closed, and {name} is not on it"
    return name.encode("ascii") + b"\n"


# UTF-8. Python's own decoder is strict: no overlong forms, no surrogates.

def decode_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal("UTF8_MALFORMED", str(error)) from None


def encode_utf16_units(units: list) -> bytes:
    """The UTF-8 of a text that is given by its UTF-16 code units."""
    try:
        utf16 = b"".join(unit.to_bytes(2, "little") for unit in units)
        return utf16.decode("utf-16-le").encode("utf-8")
    except (UnicodeDecodeError, OverflowError) as error:
        raise Refusal("UTF8_MALFORMED", str(error)) from None


def utf16_length(text: str) -> int:
    """Lengths of strings in documents are counted in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_order(text: str) -> bytes:
    """A key for sorting by UTF-16 code units."""
    return text.encode("utf-16-be")


# Hexadecimal and base64

def decode_hex(text: str, size: Optional[int] = None) -> bytes:
    require(re.fullmatch(r"(?:[0-9a-f]{2})*", text), "HEX_MALFORMED")
    data = bytes.fromhex(text)
    require(size is None or len(data) == size, "HEX_MALFORMED", "wrong length")
    return data


def decode_base64(text: str, size: Optional[int] = None) -> bytes:
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error) as error:
        raise Refusal("BASE64_MALFORMED", str(error)) from None
    # Trailing bits and superfluous padding: encoding again must give the same text.
    require(encode_base64(data) == text, "BASE64_MALFORMED", "not the one form of these bytes")
    require(size is None or len(data) == size, "BASE64_MALFORMED", "wrong length")
    return data


def encode_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


# Times

TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z"
)


def read_time(text: str) -> int:
    """Milliseconds since 1970."""
    found = TIME.fullmatch(text)
    require(found, "TIME_MALFORMED")
    year, month, day, hour, minute, second, ms = (int(part) for part in found.groups())
    require(hour < 24 and minute < 60 and second < 60, "TIME_MALFORMED")
    # Python's calendar has no year 0, so look 400 years ahead: it repeats after as many.
    try:
        days = datetime.date(year % 400 + 400, month, day).toordinal()
    except ValueError as error:
        raise Refusal("TIME_MALFORMED", str(error)) from None
    days += (year // 400 - 1) * 146_097 - EPOCH
    return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + ms
