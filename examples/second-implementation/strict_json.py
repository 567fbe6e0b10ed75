"""Strict JSON, its canonical form, and pointers. Page: docs/spec/json.md.

Python's own json module accepts too much (duplicate names, NaN, lone surrogates), rounds numbers
and does not say where a value stands. So this is a parser of its own, over bytes: every value
knows its place, and numbers are kept as the token that was written.
"""

import json
import re
from typing import Any, Dict, List, Optional, Tuple

from encoding import utf16_order
from refusal import Refusal, require

MAX_BYTES = 67_108_864
MAX_NODES = 4_000_000
MAX_DEPTH = 128
MAX_EXPONENT_DIGITS = 1_000


class Value:
    """One JSON value and its place in the bytes, `start` up to but not including `end`.

    kind      data
    object    dict from name to Value, in the order of the text
    array     list of Values
    string    the decoded text
    number    the token
    literal   True, False or None

    `name_start` is where the opening quote of the name stands, if it is a member of an object.
    """

    __slots__ = ("kind", "data", "start", "end", "name_start")

    def __init__(self, kind: str, data: Any, start: int, end: int) -> None:
        self.kind = kind
        self.data = data
        self.start = start
        self.end = end
        self.name_start = -1

    def get(self, name: str) -> Optional["Value"]:
        return self.data.get(name) if self.kind == "object" else None

    def text(self) -> Optional[str]:
        return self.data if self.kind == "string" else None

    def is_null(self) -> bool:
        return self.kind == "literal" and self.data is None


WHITE = frozenset((b" ", b"\t", b"\n", b"\r"))
SPACE = re.compile(rb"[ \t\n\r]*")
NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
ESCAPED = re.compile(rb'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
PLAIN = re.compile(rb'[^"\\\x00-\x1f]*')
LITERALS = ((b"true", True), (b"false", False), (b"null", None))
SHORT_ESCAPES = {
    '"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
}


def parse(
    data: bytes, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES,
    max_containers: Optional[int] = None,
) -> Value:
    """The one value of a text that is strict JSON; anything else is refused."""
    require(len(data) <= max_bytes, "JSON_TOO_LARGE")
    return _Parser(data, max_nodes, max_containers).whole()


def resolve_escapes(raw: bytes) -> str:
    """The text of what stands between the quotes of a string."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal("UTF8_MALFORMED", str(error)) from None
    return _resolve(text) if "\\" in text else text


def _resolve(text: str) -> str:
    pieces: List[str] = []
    at = 0
    while True:
        slash = text.find("\\", at)
        if slash < 0:
            pieces.append(text[at:])
            return "".join(pieces)
        pieces.append(text[at:slash])
        letter = text[slash + 1]
        if letter != "u":
            pieces.append(SHORT_ESCAPES[letter])
            at = slash + 2
            continue
        unit = int(text[slash + 2:slash + 6], 16)
        at = slash + 6
        if 0xD800 <= unit <= 0xDFFF:
            other = int(text[at + 2:at + 6], 16) if text[at:at + 2] == "\\u" else 0
            require(unit < 0xDC00 <= other <= 0xDFFF, "JSON_LONE_SURROGATE")
            unit = 0x10000 + ((unit - 0xD800) << 10) + (other - 0xDC00)
            at += 6
        pieces.append(chr(unit))


class _Parser:
    def __init__(self, data: bytes, max_nodes: int, max_containers: Optional[int]) -> None:
        self.data = data
        self.at = 0
        self.nodes_left = max_nodes
        self.containers_left = -1 if max_containers is None else max_containers

    def whole(self) -> Value:
        self.skip_space()
        value = self.value(0)
        self.skip_space()
        if self.at != len(self.data):
            raise self.malformed("something stands behind the value")
        return value

    def malformed(self, why: str) -> Refusal:
        return Refusal("JSON_MALFORMED", f"{why}, at byte {self.at}")

    def skip_space(self) -> None:
        if self.data[self.at:self.at + 1] in WHITE:
            self.at = SPACE.match(self.data, self.at).end()

    def count(self) -> None:
        """Every name and every value of any kind counts as one."""
        self.nodes_left -= 1
        if self.nodes_left < 0:
            raise Refusal("JSON_TOO_LARGE", "too many values and names")

    def value(self, depth: int) -> Value:
        self.count()
        data, start = self.data, self.at
        number = NUMBER.match(data, start)
        if number:
            self.at = number.end()
            return Value("number", number.group().decode("ascii"), start, self.at)
        first = data[start:start + 1]
        if first == b'"':
            return Value("string", self.string(), start, self.at)
        if first == b"{" or first == b"[":
            if depth == MAX_DEPTH:
                raise Refusal("JSON_TOO_DEEP")
            if self.containers_left == 0:
                raise Refusal("JSON_TOO_LARGE", "too many objects and arrays")
            self.containers_left -= 1
            if first == b"{":
                return Value("object", self.members(depth + 1), start, self.at)
            return Value("array", self.elements(depth + 1), start, self.at)
        for word, meaning in LITERALS:
            if data.startswith(word, start):
                self.at = start + len(word)
                return Value("literal", meaning, start, self.at)
        raise self.malformed("no value")

    def string(self) -> str:
        start = self.at + 1
        at = PLAIN.match(self.data, start).end()
        while self.data[at:at + 1] == b"\\":
            escape = ESCAPED.match(self.data, at)
            if not escape:
                raise self.malformed("no such escape")
            at = PLAIN.match(self.data, escape.end()).end()
        if self.data[at:at + 1] != b'"':
            raise self.malformed("a string is left open or has a control character")
        self.at = at + 1
        return resolve_escapes(self.data[start:at])

    def step(self, closing: bytes) -> bool:
        """Past the comma, or past the closing bracket."""
        found = self.data[self.at:self.at + 1]
        if found in WHITE:
            self.skip_space()
            found = self.data[self.at:self.at + 1]
        if found != b"," and found != closing:
            raise self.malformed("neither a comma nor the closing bracket")
        self.at += 1
        return found == b","

    def opened_empty(self, closing: bytes) -> bool:
        self.at += 1
        self.skip_space()
        if self.data[self.at:self.at + 1] != closing:
            return False
        self.at += 1
        return True

    def elements(self, depth: int) -> List[Value]:
        elements: List[Value] = []
        more = not self.opened_empty(b"]")
        while more:
            if self.data[self.at:self.at + 1] in WHITE:
                self.skip_space()
            elements.append(self.value(depth))
            more = self.step(b"]")
        return elements

    def members(self, depth: int) -> Dict[str, Value]:
        members: Dict[str, Value] = {}
        more = not self.opened_empty(b"}")
        while more:
            self.skip_space()
            name_start = self.at
            if self.data[name_start:name_start + 1] != b'"':
                raise self.malformed("no name")
            self.count()
            name = self.string()
            self.skip_space()
            if self.data[self.at:self.at + 1] != b":":
                raise self.malformed("no colon")
            self.at += 1
            self.skip_space()
            if name in members:
                raise Refusal("JSON_DUPLICATE_KEY", name)
            value = self.value(depth)
            value.name_start = name_start
            members[name] = value
            more = self.step(b"}")
        return members


# Canonical form

def canonical(value: Value) -> str:
    if value.kind == "object":
        members = sorted(value.data.items(), key=lambda member: utf16_order(member[0]))
        return "{%s}" % ",".join(f"{quote(name)}:{canonical(of)}" for name, of in members)
    if value.kind == "array":
        return "[%s]" % ",".join(canonical(element) for element in value.data)
    if value.kind == "string":
        return quote(value.data)
    if value.kind == "number":
        return canonical_number(value.data)
    return {True: "true", False: "false", None: "null"}[value.data]


def canonical_bytes(value: Value) -> bytes:
    return canonical(value).encode("utf-8")


def quote(text: str) -> str:
    """As JSON.stringify does. Python's escapes are the same if it may write other than ASCII."""
    return json.dumps(text, ensure_ascii=False)


def canonical_plain(value: Any) -> str:
    """The canonical form of dicts, lists, strings, integers and booleans of Python."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: utf16_order(member[0]))
        return "{%s}" % ",".join(f"{quote(name)}:{canonical_plain(of)}" for name, of in members)
    if isinstance(value, list):
        return "[%s]" % ",".join(canonical_plain(element) for element in value)
    return quote(value) if isinstance(value, str) else json.dumps(value)


TOKEN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")


def decimal_value(token: str) -> Tuple[str, str, int]:
    """The exact value as sign, DIGITS and EXPONENT; zero has no DIGITS."""
    sign, whole, fraction, exponent_sign, exponent = TOKEN.fullmatch(token).groups(default="")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return "", "", 0
    exponent = exponent.lstrip("0")
    require(len(exponent) <= MAX_EXPONENT_DIGITS, "JSON_NUMBER_RANGE")
    power = int(exponent_sign + (exponent or "0")) - len(fraction)
    stripped = digits.rstrip("0")
    power += len(digits) - len(stripped)
    require(len(str(abs(power))) <= MAX_EXPONENT_DIGITS, "JSON_NUMBER_RANGE")
    return sign, stripped, power


def canonical_number(token: str) -> str:
    sign, digits, power = decimal_value(token)
    if not digits:
        return "0"
    double = float(token)  # correctly rounded, half to even; infinite where there is no other
    if double not in (float("inf"), float("-inf"), 0.0):
        if decimal_value(repr(double)) == (sign, digits, power):
            return sign + _as_ecmascript(digits, power)
    return f"{sign}{digits}e{power}"


def _as_ecmascript(digits: str, power: int) -> str:
    """RFC 8785 section 3.2.2.3, that is Number::toString of ECMAScript."""
    size = len(digits)
    point = size + power  # where the decimal point stands, counted from the first digit
    if size <= point <= 21:
        return digits + "0" * (point - size)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if size == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def parse_canonical(
    data: bytes, max_bytes: int = MAX_BYTES, max_nodes: int = MAX_NODES,
) -> Value:
    """A document in canonical form: a text that differs from that of its own value is refused."""
    value = parse(data, max_bytes, max_nodes)
    require(canonical_bytes(value) == data, "JSON_NOT_CANONICAL")
    return value


# Pointers

def read_pointer(pointer: str) -> List[str]:
    require(pointer == "" or pointer[0] == "/", "SCHEMA_MISMATCH", "no slash first")
    require(not re.search(r"~(?![01])", pointer), "SCHEMA_MISMATCH", "a tilde that is no escape")
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def append_pointer(pointer: str, segment: object) -> str:
    return pointer + "/" + str(segment).replace("~", "~0").replace("/", "~1")
