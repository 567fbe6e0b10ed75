"""in-toto statements. Page: docs/spec/statement.md."""

from typing import Dict, List, NamedTuple

import document
from refusal import refused_as, require
from strict_json import Value, parse_canonical

TYPE = "https://in-toto.io/Statement/v1"
DECLARATION = "https://colophon/declaration/v1"
BINDING = "https://colophon/binding/v1"
RUN = "https://colophon/run/v1"
MAX_BYTES = 1_048_576


class Subject(NamedTuple):
    name: str
    sha256: str


class Statement(NamedTuple):
    subjects: List[Subject]
    predicate: Value


def read_statement(payload: bytes, predicate_type: str) -> Statement:
    with refused_as("STATEMENT_MALFORMED"):
        value = parse_canonical(payload, MAX_BYTES)
        members = document.members(value, ("_type", "predicate", "predicateType", "subject"))
        document.one_of(members["_type"], (TYPE,))
        document.one_of(members["predicateType"], (predicate_type,))
        subjects = document.each(members["subject"], _read_subject, least=1)
        names = {subject.name for subject in subjects}
        require(len(names) == len(subjects), "STATEMENT_MALFORMED", "a name occurs twice")
        predicate = members["predicate"]
        require(predicate.kind == "object", "STATEMENT_MALFORMED", "the predicate is no object")
    return Statement(subjects, predicate)


def _read_subject(value: Value) -> Subject:
    members = document.members(value, ("digest", "name"))
    digest = document.members(members["digest"], ("sha256",))["sha256"]
    return Subject(document.text(members["name"], 1, 1024), document.hexadecimal(digest))


def require_subjects(statement: Statement, expected: Dict[str, str]) -> None:
    """The subjects follow from the predicate: these, in this order, and nothing else."""
    subjects = [Subject(*subject) for subject in expected.items()]
    require(statement.subjects == subjects, "STATEMENT_MALFORMED", "other subjects")
