#!/usr/bin/env python3
"""Runs every case of the test vectors. Page: test/vectors/README.md.

    python3 run_vectors.py [FOLDER]
"""

import gc
import json
import sys
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import binding
import commitment
import composition
import container
import declaration
import declaration_file
import dialects
import disclosure
import document
import encoding
import envelope
import log_entry
import merkle
import note
import passages
import record
import signature
import spans
import statement
import strict_json
import tiles
import trust_policy
import verify
from dialect import Named
from refusal import Refusal

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "test" / "vectors"


def joined(value: Any) -> Any:
    """A long text may be given in pieces."""
    if not isinstance(value, list):
        return value
    return "".join(
        piece if isinstance(piece, str) else piece["repeat"] * piece["times"] for piece in value
    )


class Case:
    """A case, its members resolved: `repeat` is written out, `File` is read."""

    def __init__(self, members: Dict[str, Any], folder: Path) -> None:
        self.members = members
        self.folder = folder

    def get(self, name: str, default: Any = None) -> Any:
        return self.members.get(name, default)

    def __getitem__(self, name: str) -> Any:
        value = self.members[name]
        return joined(value) if name.endswith(("Hex", "Text")) else value

    def hex(self, name: str) -> bytes:
        return bytes.fromhex(self[name])

    def bytes(self, name: str) -> Optional[bytes]:
        """The bytes `nameHex`, or `nameText` in UTF-8, or `nameFile`; None where there is none."""
        if name + "Hex" in self.members:
            return self.hex(name + "Hex")
        if name + "Text" in self.members:
            return self[name + "Text"].encode("utf-8")
        if name + "File" in self.members:
            return (self.folder / self[name + "File"]).read_bytes()
        return None


Operation = Callable[[Case], Any]
OPERATIONS: Dict[Tuple[str, Optional[str]], Operation] = {}


def operation(topic: str, name: Optional[str] = None) -> Callable[[Operation], Operation]:
    def register(run: Operation) -> Operation:
        OPERATIONS[topic, name] = run
        return run
    return register


def hexes(hashes: Any) -> List[str]:
    return [one.hex() for one in hashes]


def from_hexes(texts: List[str]) -> List[bytes]:
    return [bytes.fromhex(text) for text in texts]


def named(model: Named) -> Dict[str, str]:
    return {"state": model.state} if model.name is None else model._asdict()


# encoding

@operation("encoding", "decodeHex")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.decode_hex(case["inputText"], case.get("sizeBytes")).hex()}


@operation("encoding", "decodeBase64")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.decode_base64(case["inputText"], case.get("sizeBytes")).hex()}


@operation("encoding", "decodeUtf8")
def _(case: Case) -> Any:
    text = encoding.decode_utf8(case.hex("inputHex"))
    return {"text": text, "codePoints": [ord(character) for character in text]}


@operation("encoding", "encodeUtf8")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.encode_utf16_units(case["codeUnits"]).hex()}


@operation("encoding", "readTime")
def _(case: Case) -> Any:
    return {"epochMs": encoding.read_time(case["inputText"])}


@operation("encoding", "writeTag")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.tag(case["inputText"]).hex()}


@operation("encoding", "writeLengthPrefixed")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.lp(case.hex("inputHex")).hex()}


@operation("encoding", "writeU32")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.u32(int(case["value"])).hex()}


@operation("encoding", "writeU64")
def _(case: Case) -> Any:
    return {"bytesHex": encoding.u64(int(case["value"])).hex()}


# json, document-rules, pointer

@operation("json", "scan")
def _(case: Case) -> Any:
    strict_json.parse(case.bytes("json"))
    return {}


@operation("json", "canonicalize")
def _(case: Case) -> Any:
    return {"canonicalText": strict_json.canonical(strict_json.parse(case.bytes("json")))}


@operation("json", "readCanonical")
def _(case: Case) -> Any:
    strict_json.parse_canonical(case.bytes("json"))
    return {}


@operation("document-rules", "integer")
def _(case: Case) -> Any:
    value = strict_json.parse(case.bytes("json"))
    most = case.get("max", document.MAX_INTEGER)
    return {"value": str(document.integer(value, most=int(most)))}


@operation("document-rules", "decimalString")
def _(case: Case) -> Any:
    return {"value": str(document.decimal(strict_json.parse(case.bytes("json"))))}


@operation("document-rules", "digest")
def _(case: Case) -> Any:
    return {"hex": document.hexadecimal(strict_json.parse(case.bytes("json")))}


@operation("document-rules", "bytes")
def _(case: Case) -> Any:
    return {"bytesHex": document.base64_bytes(strict_json.parse(case.bytes("json"))).hex()}


@operation("document-rules", "time")
def _(case: Case) -> Any:
    return {"time": document.time(strict_json.parse(case.bytes("json")))}


@operation("document-rules", "text")
def _(case: Case) -> Any:
    text = document.text(strict_json.parse(case.bytes("json")), most=case["max"])
    return {"length": encoding.utf16_length(text)}


@operation("pointer", "read")
def _(case: Case) -> Any:
    return {"segments": strict_json.read_pointer(case["pointer"])}


@operation("pointer", "append")
def _(case: Case) -> Any:
    return {"pointer": strict_json.append_pointer(case["pointer"], case["segment"])}


# signature

@operation("signature", "readP256Key")
def _(case: Case) -> Any:
    signature.read_key(case.hex("publicKeyHex"))
    return {"keyId": signature.key_id(case.hex("publicKeyHex"))}


@operation("signature", "readP256Signature")
def _(case: Case) -> Any:
    r, s = signature.read_signature(case.hex("signatureHex"))
    return {"rHex": r.to_bytes(32, "big").hex(), "sHex": s.to_bytes(32, "big").hex()}


@operation("signature", "verifyP256")
def _(case: Case) -> Any:
    signature.verify_p256(
        case.hex("publicKeyHex"), case.bytes("message"), case.hex("signatureHex"),
    )
    return {}


@operation("signature", "verifyEd25519")
def _(case: Case) -> Any:
    signature.verify_ed25519(
        case.hex("publicKeyHex"), case.bytes("message"), case.hex("signatureHex"),
    )
    return {}


# statement, envelope, container, log-entry

@operation("statement")
def _(case: Case) -> Any:
    read = statement.read_statement(case.bytes("payload"), case["predicateType"])
    subjects = [subject._asdict() for subject in read.subjects]
    return {"subjects": subjects, "predicateText": strict_json.canonical(read.predicate)}


@operation("envelope", "preAuthEncode")
def _(case: Case) -> Any:
    return {"paeHex": envelope.pre_auth_encode(case["payloadType"], case.bytes("payload")).hex()}


@operation("envelope", "read")
def _(case: Case) -> Any:
    read = envelope.parse_envelope(case.bytes("envelope"))
    return {
        "payloadType": read.payload_type, "payloadHex": read.payload.hex(),
        "signatureHex": read.signature.hex(),
    }


@operation("envelope", "verify")
def _(case: Case) -> Any:
    read = envelope.parse_envelope(case.bytes("envelope"))
    return {"payloadHex": envelope.verify_envelope(read, case.hex("publicKeyHex")).hex()}


@operation("container")
def _(case: Case) -> Any:
    read = container.read_container(case.bytes("bundle"))
    return {
        "payloadType": read.envelope.payload_type,
        "payloadHex": read.envelope.payload.hex(),
        "signatureHex": read.envelope.signature.hex(),
        "keyHint": read.hint,
        "entryHex": read.entry.hex(),
        "logKeyIdHex": read.log_id.hex(),
        "logIndex": str(read.index),
        "treeSize": str(read.size),
        "rootHashHex": read.root.hex(),
        "hashes": hexes(read.hashes),
        "checkpointText": read.checkpoint,
    }


@operation("log-entry", "write")
def _(case: Case) -> Any:
    entry = log_entry.Entry(
        case.hex("digestHex"), case.hex("signatureHex"), case.hex("publicKeyHex"),
    ).encoded()
    return {"entryText": entry.decode("utf-8"), "leafHashHex": merkle.leaf_hash(entry).hex()}


@operation("log-entry", "read")
def _(case: Case) -> Any:
    entry = log_entry.read_entry(case.bytes("entry"))
    return {
        "digestHex": entry.digest.hex(), "signatureHex": entry.signature.hex(),
        "publicKeyHex": entry.public_key.hex(),
    }


# merkle, note, checkpoint, cosignature, tlog-proof, tiles

@operation("merkle", "hashTree")
def _(case: Case) -> Any:
    leaves = [merkle.leaf_hash(entry) for entry in from_hexes(case["entries"])]
    return {"leafHashes": hexes(leaves), "rootHashHex": merkle.root_of(leaves).hex()}


@operation("merkle", "verifyInclusion")
def _(case: Case) -> Any:
    merkle.verify_inclusion(
        case.hex("leafHashHex"), int(case["index"]), int(case["size"]),
        case.hex("rootHashHex"), from_hexes(case["hashes"]),
    )
    return {}


@operation("merkle", "verifyConsistency")
def _(case: Case) -> Any:
    first, second = case["first"], case["second"]
    merkle.verify_consistency(
        int(first["size"]), bytes.fromhex(first["rootHashHex"]),
        int(second["size"]), bytes.fromhex(second["rootHashHex"]), from_hexes(case["hashes"]),
    )
    return {}


@operation("note", "readKey")
def _(case: Case) -> Any:
    key = note.read_key(case["key"])
    return {
        "name": key.name, "type": key.type, "publicKeyHex": key.public.hex(),
        "keyIdHex": key.id.hex(),
    }


@operation("note", "read")
def _(case: Case) -> Any:
    read = note.read_note(case.bytes("note"))
    return {"signedText": read.text, "signatures": [
        {
            "name": line.name, "keyHashHex": line.key_hash.hex(),
            "signatureHex": line.signature.hex(),
        }
        for line in read.lines
    ]}


@operation("note", "open")
def _(case: Case) -> Any:
    keys = [note.read_key(key) for key in case["keys"]]
    return {"signers": note.open_note(note.read_note(case.bytes("note")), keys)}


def checkpoint_parts(read: note.Checkpoint) -> Any:
    return {
        "origin": read.origin, "size": str(read.size), "rootHashHex": read.root.hex(),
        "extensions": read.extensions,
    }


@operation("checkpoint", "read")
def _(case: Case) -> Any:
    return checkpoint_parts(note.read_checkpoint(case["checkpointText"]))


@operation("checkpoint", "open")
def _(case: Case) -> Any:
    log = note.read_key(case["logKey"])
    return checkpoint_parts(note.open_checkpoint(case.bytes("note"), log))


@operation("cosignature")
def _(case: Case) -> Any:
    log = note.read_key(case["logKey"])
    witnesses = [note.read_key(key) for key in case["witnessKeys"]]
    read = note.open_checkpoint(case.bytes("note"), log, witnesses)
    return {"cosignatures": [
        {"name": one.witness, "timeSeconds": str(one.time)} for one in read.cosignatures
    ]}


@operation("tlog-proof")
def _(case: Case) -> Any:
    read = note.read_proof(case["proofText"])
    parts = {
        "index": str(read.index), "hashes": hexes(read.hashes), "checkpointText": read.checkpoint,
    }
    return parts if read.extra is None else {**parts, "extraHex": read.extra.hex()}


@operation("tiles", "readTilePath")
def _(case: Case) -> Any:
    read = tiles.read_hash_tile_path(case["path"])
    return {"level": read.level, "index": str(read.index), "width": read.width}


@operation("tiles", "readEntryBundlePath")
def _(case: Case) -> Any:
    read = tiles.read_entry_bundle_path(case["path"])
    return {"index": str(read.index), "width": read.width}


@operation("tiles", "readEntryBundle")
def _(case: Case) -> Any:
    return {"entries": hexes(tiles.read_entry_bundle(case.hex("bundleHex"), case["width"]))}


@operation("tiles", "partialTiles")
def _(case: Case) -> Any:
    return {"paths": tiles.partial_tiles(int(case["size"]))}


# trust-policy

def bound_parts(bound: trust_policy.Bound) -> Any:
    return "any" if bound is None else bound._asdict()


def validity_parts(valid: Optional[trust_policy.Validity]) -> Any:
    if valid is None:
        return "always"
    return {
        "from": bound_parts(valid.starts), "until": bound_parts(valid.until),
        "because": valid.because,
    }


@operation("trust-policy", "read")
def _(case: Case) -> Any:
    policy = trust_policy.read_trust_policy(case.bytes("policy"))
    return {
        "signers": [
            {
                "name": one.name, "keyId": signature.key_id(one.public_key),
                "valid": validity_parts(one.valid),
            }
            for one in policy.signers
        ],
        "logs": [log.name for log in policy.logs],
        "witnesses": [witness.name for witness in policy.witnesses],
        "require": policy.require,
        "acceptClaimed": policy.accept_claimed,
        "captures": policy.captures,
        "declarations": "any" if policy.declarations is None else policy.declarations,
    }


@operation("trust-policy", "judge")
def _(case: Case) -> Any:
    policy = trust_policy.read_trust_policy(case.bytes("policy"))
    place = case["place"]
    times = [int(one) for one in place["trustedTimes"]]
    trust_policy.judge(
        policy.signers[0].valid, trust_policy.Place(place["log"], int(place["index"]), times),
    )
    return {}


# declaration, declaration-file, binding, record

@operation("declaration", "digest")
def _(case: Case) -> Any:
    blind = case.hex("blindHex") if case.get("blindHex") is not None else None
    digest = declaration.component_digest(
        **case["component"], value=case.bytes("value"), blind=blind,
    )
    return {"digest": digest}


@operation("declaration", "readDocument")
def _(case: Case) -> Any:
    return {"id": declaration.read_document(strict_json.parse(case.bytes("document"))).id()}


@operation("declaration", "readPublished")
def _(case: Case) -> Any:
    read = declaration.read_published(strict_json.parse(case.bytes("document")))
    return {"privacy": read.privacy}


@operation("declaration", "readStatement")
def _(case: Case) -> Any:
    read = declaration.read_declaration_statement(case.bytes("payload"))
    return {"id": read.id, "nonce": read.nonce}


@operation("declaration-file")
def _(case: Case) -> Any:
    files = {path: text.encode("utf-8") for path, text in case.get("files", {}).items()}
    resolved = declaration_file.resolve_file(case.bytes("file"), files.get)
    return {"documentText": resolved.decode("utf-8")}


@operation("binding")
def _(case: Case) -> Any:
    return {"runId": binding.read_binding(case.bytes("payload")).run_id}


@operation("record")
def _(case: Case) -> Any:
    read = record.read_record(case.bytes("payload"))
    return {"runId": read.run_id, "outputs": list(read.outputs)}


# cut, cut-list, answer

def pairs(headers: Any) -> List[Tuple[str, str]]:
    return [(name, value) for name, value in headers or ()]


def head_parts(leaves: List[spans.Leaf]) -> Any:
    return {"leaves": [
        {
            "kind": leaf.kind, "role": leaf.role, "pointer": leaf.pointer,
            "offset": leaf.offset, "hex": leaf.data.hex(),
        }
        for leaf in leaves
    ]}


def body_parts(case: Case, leaves: List[spans.Leaf]) -> Any:
    if case.get("countOnly"):
        return {"leafCount": len(leaves)}
    return {"leaves": [
        {
            "kind": leaf.kind, "role": leaf.role, "pointer": leaf.pointer,
            "offset": leaf.offset, "length": len(leaf.data),
        }
        for leaf in leaves
    ]}


@operation("cut", "chooseDialect")
def _(case: Case) -> Any:
    return {"dialect": dialects.choose_dialect(case["method"], case["path"]).id}


@operation("cut", "requestHead")
def _(case: Case) -> Any:
    return head_parts(spans.request_head(
        case["method"], case["path"], case["query"], pairs(case["headers"]),
    ))


@operation("cut", "responseHead")
def _(case: Case) -> Any:
    return head_parts(spans.response_head(str(case["status"]), pairs(case["headers"])))


def passages_of(case: Case) -> List[spans.Passage]:
    data = case.bytes("cutList")
    return [] if data is None else spans.read_cut_list(data)


def cut_of(case: Case) -> Any:
    dialect = dialects.dialect_named(case["dialect"])
    path = case.get("path", "/v1/chat/completions")
    body, content_type = case.bytes("body"), case.get("contentType")
    return dialect.cut_request(path, body, content_type, passages_of(case))


def unobservable(cut: Any) -> Any:
    return [{"role": role, "reason": reason} for role, reason in cut.unobservable]


@operation("cut", "cutRequest")
def _(case: Case) -> Any:
    cut = cut_of(case)
    return {
        **body_parts(case, cut.leaves), "model": named(cut.model),
        "unobservable": unobservable(cut),
    }


@operation("cut", "serverState")
def _(case: Case) -> Any:
    return {"unobservable": unobservable(cut_of(case))}


@operation("cut", "cutResponse")
def _(case: Case) -> Any:
    dialect = dialects.dialect_named(case["dialect"])
    return body_parts(case, dialect.cut_response(case.bytes("body"), case.get("contentType")))


@operation("cut-list", "read")
def _(case: Case) -> Any:
    return {"passages": len(passages_of(case))}


@operation("cut-list", "apply")
def _(case: Case) -> Any:
    return {"leaves": len(cut_of(case).leaves)}


def without_none(members: Dict[str, Any]) -> Dict[str, Any]:
    return {name: of for name, of in members.items() if of is not None}


def request_to(case: Case, cut_list: List[spans.Passage]) -> Any:
    dialect = dialects.choose_dialect("POST", case["path"])
    return dialect.cut_request(case["path"], case.bytes("body"), None, cut_list)


def fate_parts(fate: passages.Fate) -> Any:
    one = fate.passage
    is_truncated = fate.length is not None
    return without_none({
        "label": one.label, "version": one.version, "rank": one.rank, "state": fate.state,
        "length": fate.length, "of": one.whole.length if is_truncated else None,
    })


@operation("passages", "fates")
def _(case: Case) -> Any:
    cut = request_to(case, passages_of(case))
    return {"passages": [fate_parts(fate) for fate in cut.passages]}


@operation("passages", "find")
def _(case: Case) -> Any:
    members = ("label", "version", "rank", "text", "sha256")
    named = [
        passages.Named(*(one.get(member) for member in members)) for one in case["passages"]
    ]
    found = passages.find_passages(request_to(case, []).leaves, named)
    return {"cutListText": strict_json.canonical_plain([entry_parts(one) for one in found])}


def entry_parts(passage: spans.Passage) -> Any:
    has_place = passage.pointer is not None
    whole = passage.whole and without_none(passage.whole._asdict())
    members = without_none({**passage._asdict(), "whole": whole})
    return {
        name: of for name, of in members.items() if has_place or name not in ("start", "end")
    }


@operation("answer")
def _(case: Case) -> Any:
    dialect = dialects.dialect_named(case["dialect"])
    answer = dialect.read_answer(case.bytes("body"), case["status"], case.get("contentType"))
    if case.get("countOnly"):
        return {"toolCallCount": len(answer.tool_calls), "shape": answer.shape}
    calls = [
        without_none({
            "choice": call.choice, "id": call.id, "name": call.name,
            "argumentsText": call.arguments,
        })
        for call in answer.tool_calls
    ]
    usage = answer.usage
    return without_none({
        "outputs": [{"choice": choice, "text": text} for choice, text in answer.outputs],
        "model": named(answer.model),
        "fingerprint": answer.fingerprint,
        "finishReasons": list(answer.finish_reasons),
        "toolCalls": calls,
        "usageText": None if usage is None else strict_json.canonical(usage),
        "shape": answer.shape,
    })


# commitment, composition, disclosure

def leaf_of(members: Dict[str, Any], data: bytes) -> spans.Leaf:
    return spans.Leaf(
        members["kind"], members["role"], members["pointer"], members["offset"], data,
    )


@operation("commitment", "deriveSalts")
def _(case: Case) -> Any:
    salts = [
        commitment.derive_salt(case.hex("secretHex"), case["direction"], index)
        for index in range(case["count"])
    ]
    return {"saltsHex": b"".join(salts).hex()}


@operation("commitment", "hashLeaf")
def _(case: Case) -> Any:
    leaf = leaf_of(case["leaf"], case.hex("bytesHex"))
    return {"hashHex": commitment.leaf_hash(leaf, case["index"], case.hex("saltHex")).hex()}


@operation("commitment", "commit")
def _(case: Case) -> Any:
    joined = case.hex("leafHashesHex")
    hashes = [joined[at:at + 32] for at in range(0, len(joined), 32)]
    assert commitment.root_of(hashes) == case.hex("rootHex")
    made = commitment.commitment(case["direction"], case["dialect"], hashes, case["bodyLength"])
    return {"commitmentHex": made.hex()}


@operation("commitment", "commitMessage")
def _(case: Case) -> Any:
    leaves = [leaf_of(leaf, bytes.fromhex(leaf["hex"])) for leaf in case["leaves"]]
    salts = [
        commitment.derive_salt(case.hex("secretHex"), case["direction"], index)
        for index in range(len(leaves))
    ]
    hashes = [
        commitment.leaf_hash(leaf, index, salt)
        for index, (leaf, salt) in enumerate(zip(leaves, salts))
    ]
    made = commitment.commitment(case["direction"], case["dialect"], hashes, case["bodyLength"])
    return {
        "saltsHex": b"".join(salts).hex(), "leafHashesHex": b"".join(hashes).hex(),
        "commitmentHex": made.hex(),
    }


def request_parts(case: Case) -> Any:
    path = case.get("path", "/v1/chat/completions")
    headers = pairs(case.get("headers"))
    head = spans.request_head("POST", path, case.get("query", ""), headers)
    dialect = dialects.choose_dialect("POST", path)
    body = case.bytes("body")
    content_type = spans.content_type_of(headers)
    cut = dialect.cut_request(path, body, content_type, passages_of(case))
    return composition.list_parts(head, body, cut), cut


@operation("composition", "listParts")
def _(case: Case) -> Any:
    parts, _ = request_parts(case)
    return {"parts": [
        {
            "role": part.role, "name": part.name, "encoding": part.encoding,
            "value": part.value.decode("utf-8"),
            **({"within": part.within} if part.within else {}),
        }
        for part in parts
    ]}


@operation("composition", "compare")
def _(case: Case) -> Any:
    parts, cut = request_parts(case)
    data = case.bytes("document")
    declared = None if data is None else declaration.read_document(strict_json.parse(data))
    recorded = composition.recorded_composition(declared, parts, cut)
    return {name: of for name, of in recorded.items() if of is not None}


@operation("composition", "recordModels")
def _(case: Case) -> Any:
    requested, responded = (
        Named(**case.get(name, {"state": "absent"})) for name in ("requested", "responded")
    )
    is_public = case.get("privacy") == "public"
    return record.record_models(is_public, case.get("intended", []), requested, responded)


@operation("disclosure", "read")
def _(case: Case) -> Any:
    read = disclosure.read_disclosure(case.bytes("file"))
    shown = {"contents": read.contents, "request": read.request, "response": read.response}
    counts = {name: None if of is None else len(of) for name, of in shown.items()}
    return {"runId": read.run_id, **counts}


def shown_leaves(case: Case) -> List[disclosure.ShownLeaf]:
    read = disclosure.read_disclosure(case.bytes("file"))
    return getattr(read, case["direction"])


@operation("disclosure", "open")
def _(case: Case) -> Any:
    shown = shown_leaves(case)
    disclosure.open_message(shown, case["direction"], case["dialect"], case["commitmentHex"])
    is_open = [isinstance(one, disclosure.OpenLeaf) for one in shown]
    return {"open": is_open.count(True), "closed": is_open.count(False)}


@operation("disclosure", "recut")
def _(case: Case) -> Any:
    leaves = [one.leaf for one in shown_leaves(case)]
    is_request = case["direction"] == "request"
    close = disclosure.close_request if is_request else disclosure.close_response
    return {"leaves": len(close(leaves, case["dialect"]).leaves)}


# records, and the example run

def report_parts(report: verify.Report) -> Dict[str, Any]:
    return {
        "authenticity": report.authenticity,
        "composition": report.composition,
        "exitCode": report.exit_code,
        "runId": report.run_id,
        "recordDigest": report.record_digest,
        "checks": {check: one.code or one.status for check, one in report.checks.items()},
    }


@operation("records")
def _(case: Case) -> Any:
    policy = case.bytes("trustPolicy")
    return report_parts(verify.verify(
        case.bytes("record"), case.bytes("output"), case.bytes("disclosure"),
        None if policy is None else trust_policy.read_trust_policy(policy),
        case.get("agreedDeclaration"),
    ))


def run_example(folder: Path) -> Tuple[Any, Any]:
    """What `expect.json` says of the example run, and what comes out here."""
    files = [
        (folder / name).read_bytes()
        for name in ("answer.txt.sigstore.json", "answer.txt", "answer.txt.disclosure.json")
    ]
    policy = trust_policy.read_trust_policy((folder / "trust-policy.json").read_bytes())
    report = verify.verify(*files, policy).to_json()
    expected = json.loads((folder / "expect.json").read_text("utf-8"))
    checks = [
        {name: of for name, of in check.items() if name in ("id", "status", "code")}
        for check in report["checks"]
    ]
    return expected, {**{name: report[name] for name in expected}, "checks": checks}


# Running them

def outcome(run: Operation, case: Case) -> Any:
    try:
        return {"accept": run(case)}
    except Refusal as refusal:
        return {"reject": refusal.code}
    except Exception as error:  # a fault of this implementation: shown, and counted as failed
        return {"fault": f"{type(error).__name__}: {error}"}


def expected_of(case: Case) -> Any:
    """`accept` may have long texts in pieces, too."""
    if "reject" in case.members:
        return {"reject": case["reject"]}
    accept = case["accept"]
    if isinstance(accept, dict):
        whole = Case(accept, case.folder)
        accept = {name: whole[name] for name in accept}
    return {"accept": accept}


def short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 600 else text[:600] + "..."


def differing(expected: Any, got: Any) -> Tuple[Any, Any]:
    """Of two reports, only the members that differ."""
    while isinstance(expected, dict) and isinstance(got, dict) and set(expected) == set(got):
        names = [name for name in expected if expected[name] != got[name]]
        if len(names) != 1:
            return {n: expected[n] for n in names}, {n: got[n] for n in names}
        expected, got = expected[names[0]], got[names[0]]
    return expected, got


def main(arguments: List[str]) -> int:
    folder = Path(arguments[0]) if arguments else DEFAULT_FOLDER
    gc.disable()  # trees of values have no cycles
    passed = failed = 0
    skipped = 0  # what takes an implementation that evaluates rules

    def count(topic: str, name: str, expected: Any, got: Any) -> None:
        nonlocal passed, failed
        if got == expected:
            passed += 1
            return
        failed += 1
        want, have = differing(expected, got)
        print(f"{topic}: {name}\n  expected {short(want)}\n  got      {short(have)}")

    for path in sorted(folder.glob("*.json")):
        started, before = time.monotonic(), failed
        vectors = json.loads(path.read_text("utf-8"))
        topic = vectors["topic"]
        left_out = 0
        for members in vectors["cases"]:
            if topic == "policy" or members.get("takesRules"):
                left_out += 1
                continue
            case = Case(members, folder)
            run = OPERATIONS.get((topic, members.get("operation")))
            got = outcome(run, case) if run else {"fault": "unknown topic or operation"}
            count(topic, members["name"], expected_of(case), got)
        wrong = failed - before
        seconds = time.monotonic() - started
        skipped += left_out
        made = len(vectors["cases"]) - left_out
        rules = f", {left_out} skipped: rules are not evaluated here" if left_out else ""
        print(f"{topic}: {made - wrong} passed, {wrong} failed{rules}, {seconds:.1f} s")
    example = folder / "example-run"
    if example.is_dir():
        count("example-run", "expect.json", *run_example(example))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
