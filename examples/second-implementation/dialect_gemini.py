"""Answers of Gemini. Page: docs/spec/dialects/google-gemini.md."""

from dialect_answer import Reader, Reading, choice_of, elements_of, given, is_object, text_of
from strict_json import Value


class Gemini(Reader):
    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.call = -1  # of the last one

    def whole(self, root: Value) -> None:
        seen = self.seen
        seen.see_error(root)
        seen.see_id(root.get("responseId"))
        seen.see_model(root.get("modelVersion"))
        seen.see_usage(root.get("usageMetadata"))
        candidates = root.get("candidates")
        if candidates is not None:
            seen.anomaly |= candidates.kind != "array"
            for candidate in elements_of(candidates) or ():
                self._candidate(candidate)
        feedback = root.get("promptFeedback")
        seen.see_reason(0, text_of(feedback.get("blockReason")) if feedback else None)

    def chunk(self, root: Value) -> None:
        self.whole(root)

    def at_end(self) -> None:
        self.seen.ended |= self.seen.all_finished()

    def _candidate(self, candidate: Value) -> None:
        seen = self.seen
        if not is_object(candidate):
            seen.anomaly = True
            return
        told = candidate.get("index")
        index = 0 if told is None else choice_of(told)
        if index is None:
            seen.anomaly = True
            return
        seen.choice(index)
        content = given(candidate.get("content"))
        parts = given(content.get("parts")) if content else None
        if content and not is_object(content) or parts and parts.kind != "array":
            seen.anomaly = True
        for part in elements_of(parts) or ():
            self._part(index, part)
        seen.see_reason(index, text_of(candidate.get("finishReason")))

    def _part(self, index: int, part: Value) -> None:
        seen = self.seen
        if not is_object(part):
            seen.anomaly = True
            return
        text, thought = given(part.get("text")), part.get("thought")
        if text:
            seen.anomaly |= text.kind != "string"
            if not (thought and thought.kind == "literal" and thought.data is True):
                seen.see_text(index, text.text() or "")
        call = part.get("functionCall")
        if is_object(call):
            self._call(index, call)

    def _call(self, index: int, call: Value) -> None:
        name = text_of(call.get("name"))
        if name is not None or self.call < 0:
            self.call += 1
        arguments = given(call.get("args")) or call.get("partialArgs")
        self.seen.see_call(
            self.call, index, text_of(call.get("id")), name, self.seen.canonical(arguments),
        )
