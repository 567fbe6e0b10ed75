"""Answers of Ollama. Pages: docs/spec/dialects/ollama-chat.md and ollama-generate.md."""

from typing import Optional

from dialect_answer import Reader, elements_of, given, is_object, text_of
from strict_json import Value


class _Ollama(Reader):
    def whole(self, root: Value) -> None:
        seen = self.seen
        seen.see_error(root)
        seen.see_model(root.get("model"))
        self._body(root)
        done = root.get("done")
        if done is None or done.kind != "literal" or done.data is not True:
            return
        seen.ended = True
        reason = text_of(root.get("done_reason"))
        seen.see_reason(0, "done" if reason is None else reason)
        counts = {
            name: of for name, of in root.data.items() if name.endswith(("_count", "_duration"))
        }
        if counts:
            seen.see_usage(Value("object", counts, 0, 0))

    def chunk(self, root: Value) -> None:
        self.whole(root)

    def _body(self, root: Value) -> None:
        raise NotImplementedError

    def _text(self, value: Optional[Value]) -> None:
        if given(value) is None:
            return
        if value.kind != "string":
            self.seen.anomaly = True
            return
        self.seen.choice(0)
        self.seen.see_text(0, value.data)


class Generate(_Ollama):
    def _body(self, root: Value) -> None:
        self._text(root.get("response"))


class Chat(_Ollama):
    def _body(self, root: Value) -> None:
        message = given(root.get("message"))
        if message is None:
            return
        if not is_object(message):
            self.seen.anomaly = True
            return
        self._text(message.get("content"))
        for call in elements_of(message.get("tool_calls")) or ():
            function = call.get("function")
            if is_object(function):
                self._call(call, function)

    def _call(self, call: Value, function: Value) -> None:
        arguments = function.get("arguments")
        text = text_of(arguments)
        self.seen.see_call(
            len(self.seen.calls), 0, text_of(call.get("id")), text_of(function.get("name")),
            self.seen.canonical(arguments) if text is None else text,
        )
