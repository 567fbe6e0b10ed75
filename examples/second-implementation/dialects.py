"""Which dialect reads a request. Page: docs/spec/dialects.md, "Which dialect"."""

from dialect import Dialect
from dialect_anthropic import Messages
from dialect_gemini import Gemini
from dialect_json import JsonDialect
from dialect_ollama import Chat, Generate
from dialect_opaque import Opaque
from dialect_openai import ChatCompletions, Completions, Embeddings
from dialect_responses import Responses
from refusal import Refusal

DIALECTS = (
    JsonDialect("openai-chat-completions", ChatCompletions),
    JsonDialect("openai-responses", Responses),
    JsonDialect("openai-completions", Completions),
    JsonDialect("openai-embeddings", Embeddings),
    JsonDialect("anthropic-messages", Messages),
    JsonDialect("google-gemini", Gemini),
    JsonDialect("ollama-chat", Chat),
    JsonDialect("ollama-generate", Generate),
    Opaque(),
)


def choose_dialect(method: str, path: str) -> Dialect:
    """An issuer must use the first that reads the request."""
    return next(dialect for dialect in DIALECTS if dialect.reads(method, path))


def dialect_named(name: str) -> Dialect:
    for dialect in DIALECTS:
        if dialect.id == name:
            return dialect
    raise Refusal("VERSION_UNSUPPORTED", f"the dialect {name}")
