"""Answers of OpenAI's older APIs.

Pages: docs/spec/dialects/openai-chat-completions.md, openai-completions.md and
openai-embeddings.md.
"""

from dialect_answer import (
    Reader, Reading, choice_of, elements_of, given, index_of, is_object, text_of,
)
from strict_json import Value


class _Choices(Reader):
    """What the answers of both kinds of completions have in common."""

    def whole(self, root: Value) -> None:
        self._completion(root, True)

    def chunk(self, root: Value) -> None:
        self._completion(root, False)

    def _completion(self, root: Value, is_whole: bool) -> None:
        seen = self.seen
        seen.see_error(root)
        seen.see_id(root.get("id"))
        seen.see_model(root.get("model"))
        seen.see_fingerprint(root.get("system_fingerprint"))
        seen.see_usage(root.get("usage"))
        choices = root.get("choices")
        if choices is None:
            return
        seen.anomaly |= choices.kind != "array"
        for choice in elements_of(choices) or ():
            index = choice_of(choice.get("index"))
            if index is None:
                seen.anomaly = True
                continue
            seen.anomaly |= is_whole and index in seen.choices
            seen.choice(index)
            self._choice(index, choice, is_whole)
            seen.see_reason(index, text_of(choice.get("finish_reason")))

    def _choice(self, index: int, choice: Value, is_whole: bool) -> None:
        raise NotImplementedError

    def _text(self, index: int, value: Value) -> None:
        if given(value):
            self.seen.anomaly |= value.kind != "string"
            self.seen.see_text(index, value.text() or "")


class Completions(_Choices):
    def _choice(self, index: int, choice: Value, is_whole: bool) -> None:
        self._text(index, choice.get("text"))


class ChatCompletions(_Choices):
    def _choice(self, index: int, choice: Value, is_whole: bool) -> None:
        message = choice.get("message" if is_whole else "delta")
        if not is_object(message):
            self.seen.anomaly |= is_whole or given(message) is not None
            return
        content = message.get("content")
        parts = elements_of(content)
        if parts is None:
            self._text(index, content)
        for part in parts or ():
            kind = text_of(part.get("type"))
            self.seen.anomaly |= kind is None
            if kind == "text":
                self._text(index, part.get("text"))
        for place, call in enumerate(elements_of(message.get("tool_calls")) or ()):
            self._call(index, place, call)

    def _call(self, choice: int, place: int, call: Value) -> None:
        definition = given(call.get("function")) or call.get("custom")
        if not is_object(definition):
            return
        told = index_of(call.get("index"))
        arguments = given(definition.get("arguments")) or definition.get("input")
        self.seen.see_call(
            (choice, place if told is None else told), choice, text_of(call.get("id")),
            text_of(definition.get("name")), text_of(arguments) or "",
        )


class Embeddings(Reader):
    def whole(self, root: Value) -> None:
        seen = self.seen
        seen.see_error(root)
        seen.see_model(root.get("model"))
        seen.see_usage(root.get("usage"))
        data = elements_of(root.get("data"))
        if data is None or not all(self._is_one(item, at) for at, item in enumerate(data)):
            seen.anomaly = True
        elif data:
            seen.see_reason(0, "embedded")

    def _is_one(self, item: Value, place: int) -> bool:
        embedding, index = item.get("embedding"), item.get("index")
        is_there = embedding is not None and embedding.kind in ("array", "string")
        return is_there and index is not None and (index.kind, index.data) == ("number", str(place))

    def chunk(self, root: Value) -> None:
        self.seen.anomaly = True
