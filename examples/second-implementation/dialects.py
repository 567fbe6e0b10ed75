"""Which dialect reads a request. Page: docs/spec/dialects.md, "Which dialect"."""

from dialect import Dialect
from dialect_chat_completions import ChatCompletions
from dialect_opaque import Opaque
from refusal import Refusal

DIALECTS = (ChatCompletions(), Opaque())


def choose_dialect(method: str, path: str) -> Dialect:
    """An issuer must use the first that reads the request."""
    return next(dialect for dialect in DIALECTS if dialect.reads(method, path))


def dialect_named(name: str) -> Dialect:
    for dialect in DIALECTS:
        if dialect.id == name:
            return dialect
    raise Refusal("VERSION_UNSUPPORTED", f"the dialect {name}")
