"""Checks, verdicts and exit codes. Page: docs/spec/verdicts.md."""

from typing import Dict, NamedTuple, Optional

from trust_policy import TrustPolicy

CHECKS = (
    "container", "logEntry", "signature", "statement", "binding", "declaration",
    "signer", "bindingSigner", "declarationSigner", "recordInLog", "bindingInLog",
    "declarationInLog", "order",
    "output",
    "requestBytes", "requestClosure", "responseBytes", "responseClosure", "declarationContents",
    "composition", "policy", "models",
    "completion", "capture", "agreedDeclaration",
)
BY_ITSELF = CHECKS[:6]
NOT_INVALID = frozenset((
    "KEY_NOT_TRUSTED", "KEY_REVOKED", "KEY_OUTSIDE_VALIDITY", "TRUSTED_TIME_MISSING",
    "LOG_NOT_TRUSTED", "ANSWER_INCOMPLETE", "CAPTURE_NOT_ACCEPTED", "DECLARATION_NOT_AGREED",
))


class Status(NamedTuple):
    status: str
    code: Optional[str] = None
    reason: str = ""


PASS = Status("pass")
CLAIMED = Status("claimed")
NOT_CHECKED = Status("notChecked")


class Report:
    """The statuses of all checks, and what follows from them."""

    def __init__(self, policy: Optional[TrustPolicy]) -> None:
        self.policy = policy
        self.checks: Dict[str, Status] = {check: NOT_CHECKED for check in CHECKS}
        self.declared = False
        self.result = ""  # of the record's composition
        self.run_id: Optional[str] = None
        self.record_digest: Optional[str] = None

    def passed(self, *checks: str) -> bool:
        return all(self.checks[check].status == "pass" for check in checks)

    def failed(self, check: str) -> bool:
        return self.checks[check].status == "fail"

    @property
    def authenticity(self) -> str:
        if any(self.failed(check) for check in BY_ITSELF):
            return "invalid"
        if any(
            one.status == "fail" and one.code not in NOT_INVALID for one in self.checks.values()
        ):
            return "invalid"
        needed = ["signer", "bindingSigner", "recordInLog", "bindingInLog"]
        if self.declared:
            needed += ["declarationSigner", "declarationInLog"]
        return "trusted" if self.passed(*needed) else "valid"

    @property
    def composition(self) -> str:
        if self.authenticity == "invalid":
            return "notChecked"
        if self.result != "kept":
            return self.result
        return "kept" if self.passed("composition", "policy") else "claimed"

    @property
    def is_met(self) -> bool:
        policy = self.policy
        if policy is None:
            return False
        accepted = ("pass", "claimed") if policy.accept_claimed else ("pass",)
        composition_met = self.composition == "kept" or (
            self.composition == "claimed" and policy.accept_claimed
        )
        refused = self.failed("capture") or self.failed("agreedDeclaration")
        required = all(self.checks[check].status in accepted for check in policy.require)
        return composition_met and not refused and required

    @property
    def exit_code(self) -> int:
        if self.authenticity == "invalid":
            return 1
        if self.authenticity == "valid":
            return 3
        return 0 if self.is_met else 5

    @property
    def headline(self) -> str:
        according = "your trust policy" if self.policy else "the keys it brings along"
        composition = self.composition
        if composition == "claimed":
            composition = "claimed to be kept by the issuer"
        return f"{self.authenticity}, according to {according}; composition: {composition}"

    def to_json(self) -> Dict[str, object]:
        checks = []
        for check, (status, code, reason) in self.checks.items():
            one = {"id": check, "status": status, "reason": reason}
            checks.append({**one, "code": code} if code else one)
        return {
            "authenticity": self.authenticity,
            "composition": self.composition,
            "ok": self.exit_code == 0,
            "exitCode": self.exit_code,
            "headline": self.headline,
            "runId": self.run_id,
            "recordDigest": self.record_digest,
            "checks": checks,
        }
