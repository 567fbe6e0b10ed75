"""The declaration as a person writes it, in JSON. Page: docs/spec/declaration.md, "The file".

A verifier never sees it. YAML, which the page allows too, is not read here.
"""

from typing import Callable, Dict, List, Optional, Tuple

import document
from declaration import component_digest, read_document
from encoding import decode_utf8, utf16_order
from refusal import require
from roles import ROLES, SEQUENCES
from strict_json import Value, canonical_bytes, canonical_plain, parse

CODE = "DECLARATION_MALFORMED"
MAX_FILE = 262_144
MAX_NAMED_FILE = 4_194_304
BOUNDS = ("maxBytes", "maxCount", "minCount")

Content = Tuple[str, str, bytes]  # name, encoding, value
ReadFile = Callable[[str], Optional[bytes]]  # a path inside the folder to the bytes of that file


def resolve_file(data: bytes, read_file: ReadFile) -> bytes:
    """The document that a file becomes, in canonical form."""
    require(len(data) <= MAX_FILE, "FILE_TOO_LARGE")
    root = parse(data)
    require(root.kind == "object", CODE, "no object")
    for role in ROLES:
        require(role in root.data, "DECLARATION_ROLE_MISSING", role)
    privacy = root.get("privacy")
    private = privacy is not None and privacy.text() == "private"
    members = document.members(
        root, ("name", "privacy", *ROLES), ("blind",) if private else (),
    )
    result: Dict[str, object] = {
        "name": document.text(members["name"]),
        "privacy": document.one_of(members["privacy"], ("public", "private")),
    }
    blind = None
    if private:
        require("blind" in members, CODE, "a private declaration without a blind")
        result["blind"] = _blind(members["blind"])
        blind = bytes.fromhex(result["blind"])
    result["roles"] = {
        role: _role(role, members[role], blind, _files(read_file)) for role in ROLES
    }
    written = canonical_plain(result).encode("utf-8")
    read_document(parse(written))
    return written


def _blind(value: Value) -> str:
    text = value.text() or ""
    digits = len(text) == 64 and set(text) <= set("0123456789abcdef")
    require(digits, CODE, "the blind is not 64 hexadecimal digits")
    return text


def _files(read_file: ReadFile) -> ReadFile:
    def read(path: str) -> bytes:
        inside = path and not path.startswith("/") and ".." not in path.split("/")
        require(inside, CODE, "a file outside the folder")
        data = read_file(path)
        require(data is not None, "FILE_UNREADABLE", path)
        require(len(data) <= MAX_NAMED_FILE, "FILE_TOO_LARGE", path)
        return data
    return read


def _role(
    role: str, value: Value, blind: Optional[bytes], read_file: ReadFile,
) -> Dict[str, object]:
    if role == "policy":
        require(value.text() == "strict", "DECLARATION_RULES_UNSUPPORTED")
        return _fixed(role, [("strict", "text", b"strict")], blind)
    if value.kind == "string":
        require(value.data in ("absent", "any", "slot"), CODE, f"{role} has no such state")
        return {"state": value.data}
    require(value.kind == "object", CODE, f"{role} is neither a state nor an object")
    names = set(value.data)
    if names == {"slot"}:
        return {"state": "slot", **_bounds(value.data["slot"])}
    require("fixed" in names and names <= {"fixed", "allow"}, CODE, f"{role} is not understood")
    fixed = _fixed(role, _contents(role, value.data["fixed"], read_file), blind)
    if "allow" in names:
        fixed["allow"] = _allow(value.data["allow"])
    return fixed


def _bounds(value: Value) -> Dict[str, object]:
    require(value.kind == "object", CODE, "the bounds of a slot are no object")
    document.members(value, (), BOUNDS)
    for bound in value.data.values():
        require(bound.kind == "number", CODE, "a bound that is no number")
    return {name: document.integer(bound) for name, bound in value.data.items()}


def _allow(value: Value) -> List[str]:
    require(value.kind == "array" and value.data, CODE, "allow is no list of names")
    for name in value.data:
        require(name.kind == "string", CODE, "a name that is no string")
    return sorted({name.data for name in value.data}, key=utf16_order)


def _fixed(role: str, contents: List[Content], blind: Optional[bytes]) -> Dict[str, object]:
    return {"state": "fixed", "components": [
        {
            "name": name, "encoding": encoding,
            "digest": component_digest(role, name, encoding, value, blind),
        }
        for name, encoding, value in contents
    ]}


def _contents(role: str, value: Value, read_file: ReadFile) -> List[Content]:
    if role == "model":
        return [("model", "text", _text(value, read_file))]
    if role == "outputFormat":
        return [("response_format", *_value(value, read_file))]
    if role in SEQUENCES:
        texts = value.data if value.kind == "array" else [value]
        require(texts, CODE, "a list of nothing")
        return [(str(at), "text", _text(text, read_file)) for at, text in enumerate(texts)]
    require(value.kind == "object" and value.data, CODE, f"{role} takes a map")
    names = sorted(value.data, key=utf16_order)
    return [(name, *_value(value.data[name], read_file)) for name in names]


def _named_file(value: Value) -> Optional[Value]:
    return value.data["file"] if value.kind == "object" and list(value.data) == ["file"] else None


def _text(value: Value, read_file: ReadFile) -> bytes:
    named = _named_file(value)
    if named is None:
        require(value.kind == "string", CODE, "no text")
        return value.data.encode("utf-8")
    require(named.kind == "string", CODE, "the name of a file is no text")
    data = read_file(named.data)
    decode_utf8(data)
    return data


def _value(value: Value, read_file: ReadFile) -> Tuple[str, bytes]:
    named = _named_file(value)
    if named is not None:
        require(named.kind == "string", CODE, "the name of a file is no text")
        value = parse(read_file(named.data))
    if value.kind == "string":
        return "text", value.data.encode("utf-8")
    return "json", canonical_bytes(value)
