"""The declaration as a person writes it, in JSON. Page: docs/spec/declaration.md, "The file".

A verifier never sees it. YAML, which the page allows too, is not read here.
"""

from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

import document
import policy
from components import Number, require_fits, require_number
from declaration import component_digest, read_document
from encoding import decode_utf8, utf16_order
from refusal import require
from roles import ROLES, SEQUENCES
from strict_json import Value, canonical_bytes, canonical_number, canonical_plain, parse

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
    require(root.kind == "object", "SCHEMA_MISMATCH", "no object")
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
        role: _role(Place(role, blind, _files(read_file)), members[role]) for role in ROLES
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


class Place(NamedTuple):
    """What a role of a file is read with."""

    role: str
    blind: Optional[bytes]
    read_file: ReadFile


def _role(place: Place, value: Value) -> Dict[str, object]:
    role = place.role
    if role == "policy":
        return _made([_fixed(place, of) for of in policy.read_file_policy(value)])
    if value.kind == "string":
        require(value.data in ("absent", "any", "slot"), CODE, f"{role} has no such state")
        return {"state": value.data}
    require(value.kind == "object", CODE, f"{role} is neither a state nor an object")
    if set(value.data) == {"slot"}:
        return {"state": "slot", **_bounds(value.data["slot"])}
    words = {word: of for word, of in value.data.items() if word != "allow"}
    if role in ("tools", "parameters"):
        components = _named_components(place, words)
    else:
        components = _components(place, words)
    require(components or "allow" in value.data, CODE, f"{role} says nothing")
    made = _made(components)
    if "allow" in value.data:
        made["allow"] = _names(value.data["allow"])
    return made


def _made(components: List[Dict[str, object]]) -> Dict[str, object]:
    return {"state": "fixed", "components": components}


def _named_components(place: Place, words: Dict[str, Value]) -> List[Dict[str, object]]:
    """Tools or parameters: each fixed, or within a bound."""
    require(set(words) <= {"fixed", "within", "optional"}, CODE, "an unknown word")
    fixed, within = (_named(words.get(word)) for word in ("fixed", "within"))
    require(not set(fixed) & set(within), CODE, "fixed and within a bound")
    optional = _names(words["optional"]) if "optional" in words else []
    names = {**fixed, **within}
    require(set(optional) <= set(names), CODE, "optional, and neither fixed nor bounded")
    components = []
    for name in sorted(names, key=utf16_order):
        if name in fixed:
            component = _fixed(place, (name, *_value(fixed[name], place.read_file)))
        else:
            component = _bounded(place, name, within[name])
        components.append({**component, "optional": True} if name in optional else component)
    return components


def _named(value: Optional[Value]) -> Dict[str, Value]:
    if value is None:
        return {}
    require(value.kind == "object" and value.data, CODE, "no map from names")
    return value.data


def _components(place: Place, words: Dict[str, Value]) -> List[Dict[str, object]]:
    """Of the other roles: fixed ones, or one within a bound."""
    role = place.role
    name = {"model": "model", "outputFormat": "response_format"}.get(role, "0")
    if set(words) in ({"oneOf"}, {"startsWith", "then"}):
        return [_bounded(place, name, Value("object", words, 0, 0))]
    require(set(words) == {"fixed"}, CODE, f"{role} is not understood")
    fixed = words["fixed"]
    if role not in SEQUENCES or fixed.kind != "array":
        return [_fixed(place, (name, *_content(place, fixed)))]
    require(fixed.data, CODE, "a list of nothing")
    return [
        _fixed(place, (str(at), *_content(place, text))) for at, text in enumerate(fixed.data)
    ]


def _bounded(place: Place, name: str, value: Value) -> Dict[str, object]:
    require(value.kind == "object", CODE, "a bound that is no object")
    words = value.data
    if set(words) == {"oneOf"}:
        return {"name": name, "oneOf": _choices(place, name, words["oneOf"])}
    if set(words) == {"startsWith", "then"}:
        require_fits(place.role, "prefix")
        return {"name": name, "prefix": _prefix(place, name, words)}
    if set(words) == {"maxBytes"}:
        require_fits(place.role, "maxBytes")
        return {"name": name, "maxBytes": _whole(words["maxBytes"])}
    require(words and set(words) <= {"min", "max", "integer"}, CODE, "no bound that there is")
    require_fits(place.role, "number")
    return {"name": name, "number": _number(words)}


def _choices(place: Place, name: str, value: Value) -> List[Dict[str, str]]:
    require(value.kind == "array" and len(value.data) >= 2, CODE, "fewer than two values")
    contents = [_content(place, one) for one in value.data]
    digests = sorted(_digest(place, (name, *content)) for content in contents)
    require(len(set(digests)) == len(digests), CODE, "the same value twice")
    return [{"digest": digest, "encoding": encoding} for digest, encoding in digests]


def _prefix(place: Place, name: str, words: Dict[str, Value]) -> Dict[str, object]:
    start = _text(words["startsWith"], place.read_file)
    require(start, CODE, "a start of nothing")
    prefix: Dict[str, object] = {
        "bytes": len(start), "digest": _digest(place, (name, "text", start))[0],
    }
    then = words["then"]
    if then.text() == "slot":
        return prefix
    slot = then.data.get("slot") if then.kind == "object" and len(then.data) == 1 else None
    known = slot is not None and slot.kind == "object" and set(slot.data) == {"maxBytes"}
    require(known, CODE, "then is no slot")
    return {**prefix, "maxBytesAfter": _whole(slot.data["maxBytes"])}


def _number(words: Dict[str, Value]) -> Dict[str, object]:
    bounds: Dict[str, object] = {}
    for name in ("min", "max"):
        if name in words:
            require(words[name].kind == "number", CODE, f"{name} is no number")
            bounds[name] = canonical_number(words[name].data)
    if "integer" in words:
        integer = words["integer"]
        require(integer.kind == "literal" and integer.data is True, CODE, "integer is not true")
        bounds["integer"] = True
    require_number(Number(bounds.get("min"), bounds.get("max"), "integer" in bounds))
    return bounds


def _bounds(value: Value) -> Dict[str, object]:
    require(value.kind == "object", CODE, "the bounds of a slot are no object")
    document.members(value, (), (*BOUNDS, "sources", "inside"))
    return {
        name: _names(bound) if name in ("sources", "inside") else _whole(bound)
        for name, bound in value.data.items()
    }


def _whole(bound: Value) -> int:
    require(bound.kind == "number", CODE, "a bound that is no number")
    return _integer(bound)


def _integer(bound: Value) -> int:
    """By its value: in a file, 1.0 and 1e3 are integers too."""
    token = canonical_number(bound.data)
    return document.integer(Value("number", token, bound.start, bound.end))


def _names(value: Value) -> List[str]:
    require(value.kind == "array" and value.data, CODE, "no list of names")
    for name in value.data:
        require(name.kind == "string", CODE, "a name that is no string")
    return sorted({name.data for name in value.data}, key=utf16_order)


def _digest(place: Place, content: Content) -> Tuple[str, str]:
    name, encoding, value = content
    return component_digest(place.role, name, encoding, value, place.blind), encoding


def _fixed(place: Place, content: Content) -> Dict[str, object]:
    digest, encoding = _digest(place, content)
    return {"name": content[0], "encoding": encoding, "digest": digest}


def _content(place: Place, value: Value) -> Tuple[str, bytes]:
    """A text where the role has texts only."""
    if place.role == "model" or place.role in SEQUENCES:
        return "text", _text(value, place.read_file)
    return _value(value, place.read_file)


def _named_file(value: Value) -> Optional[str]:
    """The path; an object whose `file` is no string is a value like any other."""
    alone = value.kind == "object" and list(value.data) == ["file"]
    return value.data["file"].text() if alone else None


def _text(value: Value, read_file: ReadFile) -> bytes:
    named = _named_file(value)
    if named is None:
        require(value.kind == "string", CODE, "no text")
        return value.data.encode("utf-8")
    data = read_file(named)
    decode_utf8(data)
    return data


def _value(value: Value, read_file: ReadFile) -> Tuple[str, bytes]:
    named = _named_file(value)
    if named is not None:
        value = parse(read_file(named))
    if value.kind == "string":
        return "text", value.data.encode("utf-8")
    return "json", canonical_bytes(value)
