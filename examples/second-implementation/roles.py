"""The nine roles, in their order. Page: docs/spec/roles.md."""

SENT = (
    "model", "instructions", "tools", "context", "history", "input", "parameters", "outputFormat",
)
ROLES = (*SENT, "policy")
SEQUENCES = ("instructions", "context", "history", "input")
