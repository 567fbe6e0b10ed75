"""How the other modules say no: an exception that carries an error code of the specification.

Page: docs/spec/README.md, "every rejection has its error code".
"""

from contextlib import contextmanager
from typing import Iterator


class Refusal(Exception):
    """An input breaks a rule. `code` is the specification's; `why` is for people."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(f"{code}: {why}" if why else code)
        self.code = code
        self.why = why


def require(condition: object, code: str, why: str = "") -> None:
    if not condition:
        raise Refusal(code, why)


@contextmanager
def refused_as(code: str, keep: tuple = ()) -> Iterator[None]:
    """Many documents have one code for whatever is wrong with them: it replaces the inner one."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code in keep:
            raise
        raise Refusal(code, str(refusal)) from refusal
