"""Keys of logs and witnesses, signed notes, checkpoints, cosignatures, proofs.

Page: docs/spec/log.md.
"""

import re
from typing import List, NamedTuple, Optional, Sequence, Tuple

from document import decimal_text
from encoding import decode_base64, decode_utf8, sha256, utf16_length
from refusal import refused_as, require
from signature import verifies_ed25519

LOG, WITNESS = 1, 4
MAX_NOTE = 1_000_000
MAX_VKEY = 1_024
MAX_TIME = 2**63 - 1
WHITE_SPACE = " \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
KEY_NAME = re.compile(f"[^+\u0000-\u001f{WHITE_SPACE}]+")
CONTROLS_BUT_NEWLINE = re.compile("[\u0000-\u0009\u000b-\u001f]")


# Origin and key

class Key(NamedTuple):
    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode("utf-8") + b"\n" + bytes([self.type]) + self.public)

    @property
    def hash(self) -> bytes:
        return self.id[:4]


def read_key(vkey: str) -> Key:
    """A vkey: NAME+HASH+BASE64, cut at its first two plus signs."""
    require(utf16_length(vkey) <= MAX_VKEY, "KEY_MALFORMED", "too long")
    parts = vkey.split("+", 2)
    require(len(parts) == 3 and KEY_NAME.fullmatch(parts[0]), "KEY_MALFORMED")
    with refused_as("KEY_MALFORMED"):
        body = decode_base64(parts[2], 33)
    require(body[0] in (LOG, WITNESS), "KEY_MALFORMED", "another type of key")
    key = Key(parts[0], body[0], body[1:])
    require(parts[1] == key.hash.hex(), "KEY_MALFORMED", "the hash is another key's")
    return key


# Signed notes

class Line(NamedTuple):
    name: str
    key_hash: bytes
    signature: bytes


class Note(NamedTuple):
    text: str
    lines: List[Line]


def read_note(note: bytes) -> Note:
    """Text and signature lines; nothing is verified."""
    require(len(note) <= MAX_NOTE, "NOTE_MALFORMED", "too long")
    with refused_as("NOTE_MALFORMED"):
        whole = decode_utf8(note)
    require(not CONTROLS_BUT_NEWLINE.search(whole), "NOTE_MALFORMED", "a control character")
    split = whole.rfind("\n\n")
    require(split >= 0, "NOTE_MALFORMED", "no signatures")
    text, signatures = whole[:split + 1], whole[split + 2:]
    require(signatures.endswith("\n"), "NOTE_MALFORMED", "the last line has no end")
    lines = signatures[:-1].split("\n")
    require(1 <= len(lines) <= 64, "NOTE_MALFORMED", "the number of signatures")
    return Note(text, [_read_line(line) for line in lines])


def _read_line(line: str) -> Line:
    parts = line.split(" ")
    require(len(parts) == 3 and parts[0] == "\u2014", "NOTE_MALFORMED", "no signature line")
    require(KEY_NAME.fullmatch(parts[1]), "NOTE_MALFORMED", "no key name")
    with refused_as("NOTE_MALFORMED"):
        body = decode_base64(parts[2])
    require(len(body) >= 5, "NOTE_MALFORMED", "a signature that is too short")
    return Line(parts[1], body[:4], body[4:])


def known_lines(note: Note, keys: Sequence[Key]) -> List[Tuple[Key, Line]]:
    """The lines by known keys, in the order of the note. Those of unknown keys are ignored."""
    found: List[Tuple[Key, Line]] = []
    for line in note.lines:
        for key in dict.fromkeys(keys):
            if (line.name, line.key_hash) == (key.name, key.hash):
                require(all(key != other for other, _ in found), "NOTE_MALFORMED", "signed twice")
                found.append((key, line))
    return found


def verifies(key: Key, line: Line, text: str) -> bool:
    if key.type == WITNESS:
        return _verifies_cosignature(key, line, text)
    return verifies_ed25519(key.public, text.encode("utf-8"), line.signature)


def _verifies_cosignature(key: Key, line: Line, text: str) -> bool:
    if len(line.signature) != 72:
        return False
    time = cosignature_time(line)
    if time > MAX_TIME:
        return False
    message = f"cosignature/v1\ntime {time}\n{text}".encode("utf-8")
    return verifies_ed25519(key.public, message, line.signature[8:])


def cosignature_time(line: Line) -> int:
    return int.from_bytes(line.signature[:8], "big")


def open_note(note: Note, keys: Sequence[Key]) -> List[str]:
    """The names of the known keys that signed, each verified."""
    lines = known_lines(note, keys)
    for key, line in lines:
        require(verifies(key, line, note.text), "SIGNATURE_INVALID", key.name)
    return [key.name for key, _ in lines]


# Checkpoints

class Cosignature(NamedTuple):
    witness: str
    time: int


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    extensions: List[str]
    cosignatures: List[Cosignature]


def read_checkpoint(text: str) -> Checkpoint:
    code = "CHECKPOINT_MALFORMED"
    require(not CONTROLS_BUT_NEWLINE.search(text), code, "a control character")
    require(text.endswith("\n"), code, "the last line has no end")
    lines = text[:-1].split("\n")
    require(len(lines) >= 3 and all(lines), code, "a line is missing or empty")
    size = decimal_text(lines[1], code)
    with refused_as(code):
        root = decode_base64(lines[2], 32)
    return Checkpoint(lines[0], size, root, lines[3:], [])


def open_checkpoint(note: bytes, log: Key, witnesses: Sequence[Key] = ()) -> Checkpoint:
    """The order is: note, text, origin, signature line, signature."""
    read = read_note(note)
    checkpoint = read_checkpoint(read.text)
    require(checkpoint.origin == log.name, "CHECKPOINT_ORIGIN")
    lines = known_lines(read, [log, *witnesses])
    require(any(key == log for key, _ in lines), "SIGNATURE_MISSING")
    for key, line in lines:
        require(verifies(key, line, read.text), "SIGNATURE_INVALID", key.name)
    cosigned = [Cosignature(key.name, cosignature_time(line)) for key, line in lines if key != log]
    return checkpoint._replace(cosignatures=cosigned)


def origin_of(note: bytes) -> str:
    """Whose a checkpoint says it is, before it is opened: the first line of its text."""
    return read_checkpoint(read_note(note).text).origin


# Proofs

class Proof(NamedTuple):
    index: int
    hashes: List[bytes]
    checkpoint: str
    extra: Optional[bytes]


def read_proof(text: str, extra_allowed: bool = True) -> Proof:
    code = "PROOF_MALFORMED"
    require(len(text.encode("utf-8")) <= MAX_NOTE, code, "too long")
    require(not CONTROLS_BUT_NEWLINE.search(text), code, "a control character")
    head, empty_line, checkpoint = text.partition("\n\n")
    require(empty_line and checkpoint.endswith("\n"), code, "no checkpoint")
    lines = head.split("\n")
    require(lines.pop(0) == "c2sp.org/tlog-proof@v1", code, "another first line")
    extra = None
    with refused_as(code):
        if lines and lines[0].startswith("extra "):
            extra = decode_base64(lines.pop(0)[len("extra "):])
            require(extra and extra_allowed, code, "an extra line")
        require(lines and lines[0].startswith("index "), code, "no index")
        index = decimal_text(lines.pop(0)[len("index "):], code)
        require(len(lines) <= 63, code, "too many hashes")
        return Proof(index, [decode_base64(line, 32) for line in lines], checkpoint, extra)
