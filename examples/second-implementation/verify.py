#!/usr/bin/env python3
"""Verifies a record: every check, in order. Pages: docs/spec/verdicts.md, docs/spec/order.md.

    python3 verify.py RECORD [--output FILE] [--disclosure FILE] [--trust FILE]
                             [--declaration ID] [--json]
"""

import argparse
import json
import sys
from typing import Callable, List, NamedTuple, Optional, Sequence, Tuple

import composition
import note
from binding import Binding, read_binding
from container import Container, read_container
from declaration import DeclarationStatement, read_declaration_statement, require_own_id
from disclosure import (
    ClosedRequest, ClosedResponse, Disclosure, ShownLeaf, all_open, close_request,
    close_response, open_message, read_disclosure, require_contents, shows_all_contents,
)
from dialect import ABSENT, Named
from encoding import decode_hex, sha256, utf16_order
from envelope import verify_statement
from log_entry import Entry, entry_of, read_entry
from merkle import leaf_hash, verify_inclusion
from record import POSSIBLE, Record, Signed, read_record, record_models, require_consistent
from refusal import Refusal, require
from report import CLAIMED, NOT_CHECKED, PASS, Report, Status
from signature import key_id
from trust_policy import Place, TrustPolicy, judge, read_trust_policy


class Found(NamedTuple):
    """Where a statement's inclusion is proven, and the size of the tree."""

    place: Place
    size: int


def verify(
    record: bytes, output: Optional[bytes] = None, disclosure: Optional[bytes] = None,
    policy: Optional[TrustPolicy] = None, agreed: Optional[str] = None,
) -> Report:
    """Never refuses anything: whatever is wrong stands in the report."""
    return _Verifier(policy).run(record, output, disclosure, agreed)


class _Verifier:
    container: Container
    entry: Entry
    record: Record
    binding: Binding
    declaration: Optional[DeclarationStatement] = None
    disclosure: Optional[Disclosure] = None
    request: Optional[ClosedRequest] = None  # where requestClosure passed
    response: Optional[ClosedResponse] = None  # where responseClosure passed

    def __init__(self, policy: Optional[TrustPolicy]) -> None:
        self.policy = policy
        self.report = Report(policy)
        self.unread = False  # a disclosure was given that cannot be used

    def check(self, name: str, made: Callable[[], Optional[Status]]) -> bool:
        """Makes a check: it passes, unless it says or refuses otherwise."""
        try:
            self.report.checks[name] = made() or PASS
        except Refusal as refusal:
            self.report.checks[name] = Status("fail", refusal.code, refusal.why)
        return not self.report.failed(name)

    def run(
        self, record: bytes, output: Optional[bytes], disclosure: Optional[bytes],
        agreed: Optional[str],
    ) -> Report:
        # One after another; after the first failure nothing further is checked.
        by_itself = (
            ("container", lambda: self.check_container(record)),
            ("logEntry", self.check_log_entry),
            ("signature", self.check_signature),
            ("statement", self.check_statement),
            ("binding", self.check_binding),
            ("declaration", self.check_declaration),
        )
        if not all(self.check(name, made) for name, made in by_itself):
            return self.report
        self.report.declared = self.declaration is not None
        self.report.result = self.record.composition["result"]
        self.report.run_id = self.record.run_id
        self.report.record_digest = self.record.digest
        if self.policy:
            self.check_against_policy(self.policy)
        self.check("output", lambda: self.check_output(output))
        self.check_against_disclosure(disclosure)
        self.check("completion", self.check_completion)
        self.check("capture", self.check_capture)
        self.check("agreedDeclaration", lambda: self.check_agreed(agreed))
        return self.report

    # The record by itself

    def check_container(self, data: bytes) -> None:
        self.container = read_container(data)

    def check_log_entry(self) -> None:
        self.entry = read_entry(self.container.entry)
        same = self.entry == entry_of(self.container.envelope, self.entry.public_key)
        require(same, "ENTRY_MISMATCH", "the entry is of another envelope")
        same = key_id(self.entry.public_key) == self.container.hint
        require(same, "ENTRY_MISMATCH", "the hint is of another key")

    def check_signature(self) -> None:
        verify_statement(self.container.envelope, self.entry.public_key)

    def check_statement(self) -> None:
        self.record = read_record(self.container.envelope.payload)
        require_consistent(self.record)

    def check_binding(self) -> None:
        record, signed = self.record, self.record.binding
        self.binding = binding = read_binding(verify_statement(*signed))
        code = "RECORD_INCONSISTENT"
        require(binding.run_id == record.run_id, code, "the binding of another run")
        require(binding.issuer == key_id(signed.public_key), code, "another issuer")
        same = signed.public_key == self.entry.public_key
        require(same, code, "binding and record are signed by two keys")
        same = (binding.declaration_id is None) == (record.declaration is None)
        require(same, code, "declared in one place, and undeclared in the other")
        same = record.response is None or record.response.dialect == binding.dialect
        require(same, code, "two dialects")

    def check_declaration(self) -> Optional[Status]:
        signed = self.record.declaration
        if signed is None:
            return NOT_CHECKED
        read = read_declaration_statement(verify_statement(*signed))
        same = read.id == self.binding.declaration_id
        require(same, "DECLARATION_MISMATCH", "the run was bound to another declaration")
        require_own_id(read)
        self.declaration = read
        return PASS

    # Against the trust policy

    def check_against_policy(self, policy: TrustPolicy) -> None:
        found = {
            "record": self.find("recordInLog", self.find_record),
            "binding": self.find("bindingInLog", lambda: self.find_embedded(
                self.record.binding, self.record.binding_proof,
            )),
        }
        self.check("signer", lambda: self.judge(self.entry.public_key, found["record"]))
        self.check("bindingSigner", lambda: self.judge(
            self.record.binding.public_key, found["binding"],
        ))
        declared = self.record.declaration
        if declared:
            found["declaration"] = self.find("declarationInLog", lambda: self.find_embedded(
                declared, self.binding.declaration_proof,
            ))
            self.check("declarationSigner", lambda: self.judge(
                declared.public_key, found["declaration"],
            ))
        if all(found.values()):
            self.check("order", lambda: self.check_order(
                found.get("declaration"), found["binding"], found["record"],
            ))

    def judge(self, public_key: bytes, found: Optional[Found]) -> Optional[Status]:
        for signer in self.policy.signers:
            if signer.public_key == public_key:
                if signer.valid and not found:
                    return NOT_CHECKED
                judge(signer.valid, found and found.place)
                return PASS
        raise Refusal("KEY_NOT_TRUSTED")

    def find(self, check: str, made: Callable[[], Found]) -> Optional[Found]:
        found: List[Found] = []
        self.check(check, lambda: found.append(made()))
        return found[0] if found else None

    def log_by_origin(self, checkpoint: str) -> note.Key:
        origin = note.origin_of(checkpoint.encode("utf-8"))
        for log in self.policy.logs:
            if log.name == origin:
                return log
        raise Refusal("LOG_NOT_TRUSTED", origin)

    def find_record(self) -> Found:
        container = self.container
        by_id = [log for log in self.policy.logs if log.id == container.log_id]
        log = by_id[0] if by_id else self.log_by_origin(container.checkpoint)
        require(log.id == container.log_id, "ENTRY_MISMATCH", "the id of another log")
        checkpoint = self.include(
            log, container.checkpoint, self.entry, container.index, container.hashes,
        )
        same = (container.size, container.root) == (checkpoint.size, checkpoint.root)
        require(same, "PROOF_INVALID", "size and root beside the proof are others")
        return self.found(log, container.index, checkpoint)

    def find_embedded(self, signed: Signed, proof_text: str) -> Found:
        proof = note.read_proof(proof_text, extra_allowed=False)
        log = self.log_by_origin(proof.checkpoint)
        entry = entry_of(*signed)
        checkpoint = self.include(log, proof.checkpoint, entry, proof.index, proof.hashes)
        return self.found(log, proof.index, checkpoint)

    def include(
        self, log: note.Key, signed_checkpoint: str, entry: Entry, index: int,
        hashes: Sequence[bytes],
    ) -> note.Checkpoint:
        checkpoint = note.open_checkpoint(
            signed_checkpoint.encode("utf-8"), log, self.policy.witnesses,
        )
        leaf = leaf_hash(entry.encoded())
        verify_inclusion(leaf, index, checkpoint.size, checkpoint.root, list(hashes))
        return checkpoint

    def found(self, log: note.Key, index: int, checkpoint: note.Checkpoint) -> Found:
        """A cosignature of time 0 says nothing about time."""
        times = [one.time for one in checkpoint.cosignatures if one.time]
        return Found(Place(log.name, index, times), checkpoint.size)

    def check_order(
        self, declaration: Optional[Found], binding: Found, record: Found,
    ) -> Status:
        pairs: List[Tuple[Found, Found]] = [(binding, record)]
        if declaration:
            pairs += [(declaration, binding), (declaration, record)]
        for earlier, later in pairs:
            if earlier.place.log == later.place.log:
                held = later.place.index >= earlier.size
                require(held, "ORDER_INVALID", "a statement inside the tree that it names")
        return CLAIMED

    # Against the output

    def check_output(self, output: Optional[bytes]) -> Optional[Status]:
        if output is None:
            return NOT_CHECKED
        named = set(self.record.outputs.values())
        if self.record.response:
            named.add(self.record.response.digest)
        require(sha256(output).hex() in named, "OUTPUT_MISMATCH")
        return PASS

    # Against the disclosure

    def check_against_disclosure(self, data: Optional[bytes]) -> None:
        if data is not None and not self.check("requestBytes", lambda: self.read(data)):
            self.unread = True
            return
        shown = self.disclosure
        record, binding = self.record, self.binding
        request = shown.request if shown else None
        response = shown.response if shown else None
        self.check("requestBytes", lambda: self.open(
            request, "request", binding.dialect, binding.commitment,
        ))
        self.check("requestClosure", lambda: self.close(
            "requestBytes", request, self.close_request,
        ))
        self.check("responseBytes", lambda: self.open_response(response))
        if record.response:
            self.check("responseClosure", lambda: self.close(
                "responseBytes", response, self.close_response,
            ))
        self.check("declarationContents", self.check_contents)
        self.check("composition", self.check_composition)
        self.check("policy", self.check_policy)
        self.check("models", self.check_models)

    def read(self, data: bytes) -> None:
        self.disclosure = read_disclosure(data)
        same = self.disclosure.run_id == self.record.run_id
        require(same, "DISCLOSURE_MISMATCH", "the disclosure of another run")

    def open(
        self, shown: Optional[List[ShownLeaf]], direction: str, dialect: str, expected: str,
    ) -> Optional[Status]:
        if shown is None:
            return NOT_CHECKED
        open_message(shown, direction, dialect, expected)
        return PASS

    def open_response(self, shown: Optional[List[ShownLeaf]]) -> Optional[Status]:
        response = self.record.response
        if response is None:
            require(shown is None, "DISCLOSURE_MISMATCH", "there was no response")
            return NOT_CHECKED
        return self.open(shown, "response", response.dialect, response.commitment)

    def close(
        self, opened: str, shown: Optional[List[ShownLeaf]], close: Callable[[list], None],
    ) -> Optional[Status]:
        if self.report.failed(opened):
            return NOT_CHECKED
        if shown is None or not all_open(shown):
            return CLAIMED
        close([one.leaf for one in shown])
        return PASS

    def close_request(self, leaves: list) -> None:
        self.request = close_request(leaves, self.binding.dialect)

    def close_response(self, leaves: list) -> None:
        closed = close_response(leaves, self.record.response.dialect)
        said = self.record.response
        code = "RECORD_INCONSISTENT"
        require(said.digest == sha256(closed.body).hex(), code, "the digest")
        require(said.length == len(closed.body), code, "the length")
        require(said.status == closed.status, code, "the status")
        outputs = {
            choice: sha256(text.encode("utf-8")).hex() for choice, text in closed.answer.outputs
        }
        require(self.record.outputs == outputs, code, "the outputs")
        self.response = closed

    def check_contents(self) -> Optional[Status]:
        if self.disclosure is None or self.disclosure.document is None:
            return NOT_CHECKED
        published = self.declaration.declaration if self.declaration else None
        require_contents(self.disclosure, self.binding.declaration_id, published)
        return PASS

    def check_composition(self) -> Optional[Status]:
        """What there is to compare with is recomputed; the rest must at least be coherent."""
        recorded, published = self.record.composition, self.declaration
        composition.require_coherent(recorded, published.declaration if published else None)
        if self.request is None:
            return CLAIMED
        declaration = published.declaration if published else None
        if self.report.passed("declarationContents"):
            declaration = self.disclosure.document
        elif published and not declaration.is_public:
            self.compare_states()
            return CLAIMED
        again = composition.recorded_composition(
            declaration, self.parts(), self.request.cut, recorded["policy"],
        )
        require(again == recorded, "COMPOSITION_MISMATCH")
        return PASS

    def parts(self) -> List[composition.Part]:
        return composition.list_parts(self.request.head, self.request.body, self.request.cut)

    def compare_states(self) -> None:
        again = composition.role_states(
            self.parts(), self.request.cut.unobservable, declared=True, is_public=False,
        )
        require(again == self.record.composition["roles"], "COMPOSITION_MISMATCH", "the states")

    def check_policy(self) -> Optional[Status]:
        """Rules are not evaluated here."""
        if self.declaration is None:
            return NOT_CHECKED
        if self.declaration.declaration.rules():
            return Status("notChecked", reason="this verifier evaluates no rules")
        return PASS

    def check_models(self) -> Optional[Status]:
        answered = self.response is not None or self.record.response is None
        if self.request is None or not answered:
            return CLAIMED
        intended, is_public = [], False
        if self.declaration:
            if not self.report.passed("declarationContents") \
                    or not shows_all_contents(self.disclosure):
                return CLAIMED
            intended, is_public = self.intended(), self.declaration.declaration.is_public
        responded: Named = self.response.answer.model if self.response else ABSENT
        again = record_models(is_public, intended, self.request.cut.model, responded)
        require(again == self.record.models, "MODEL_MISMATCH")
        return PASS

    def intended(self) -> List[str]:
        """The contents of the component `model`, where all are texts."""
        contents = [
            one for one in self.disclosure.contents if (one.role, one.name) == ("model", "model")
        ]
        texts = all(one.encoding == "text" for one in contents)
        return sorted((one.value for one in contents), key=utf16_order) if texts else []

    # What the verifier asked for

    def check_completion(self) -> Optional[Status]:
        if self.unread:
            return NOT_CHECKED
        said = self.record.completion
        shape = self.response.answer.shape if self.response else None
        require(shape is None or said in POSSIBLE[shape], "COMPLETION_MISMATCH")
        require(said == "complete", "ANSWER_INCOMPLETE")
        return CLAIMED if shape in (None, "open") else PASS

    def check_capture(self) -> Status:
        accepted = self.policy is None or self.binding.capture in self.policy.captures
        require(accepted, "CAPTURE_NOT_ACCEPTED")
        return CLAIMED

    def check_agreed(self, agreed: Optional[str]) -> Optional[Status]:
        named = self.policy.declarations if self.policy else None
        if named is None and agreed is None:
            return NOT_CHECKED
        bound = self.binding.declaration_id
        accepted = bound is not None and agreed in (None, bound)
        accepted = accepted and (named is None or bound in named)
        require(accepted, "DECLARATION_NOT_AGREED")
        return PASS


# The command line

NO_RECORD, NOT_DONE, NOT_UNDERSTOOD = 4, 6, 2


def _read_file(path: str, missing: int = NOT_DONE) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        print(f"{path}: {error.strerror}", file=sys.stderr)
        absent = isinstance(error, FileNotFoundError)
        raise SystemExit(missing if absent else NOT_DONE) from None


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies a record.")
    parser.add_argument("record")
    parser.add_argument("--output", metavar="FILE")
    parser.add_argument("--disclosure", metavar="FILE")
    parser.add_argument("--trust", metavar="FILE")
    parser.add_argument("--declaration", metavar="ID", help="the declaration agreed on")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args(arguments)
    try:
        if options.declaration is not None:
            decode_hex(options.declaration, 32)
        policy = options.trust and read_trust_policy(_read_file(options.trust))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return NOT_UNDERSTOOD
    output = _read_file(options.output) if options.output else None
    disclosure = _read_file(options.disclosure) if options.disclosure else None
    record = _read_file(options.record, NO_RECORD)
    report = verify(record, output, disclosure, policy or None, options.declaration)
    if options.json:
        print(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
        return report.exit_code
    print(report.headline)
    for check, (status, code, reason) in report.checks.items():
        print(f"  {check:<20} {status:<11} {': '.join(part for part in (code, reason) if part)}")
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
