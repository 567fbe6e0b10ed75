/**
 * Bounds of rules and of their evaluation (`docs/spec/policy.md`, "Bounds"). Part of what a rule means: where one is
 * exceeded, a rule has no result, in every implementation alike.
 *
 * @module
 */

/** Most rules of a declaration. */
export const MAX_RULES = 32
/** Most UTF-16 code units of a rule. */
export const MAX_RULE_LENGTH = 2_000
/** Most UTF-16 code units of the sentence that says what a rule wants. */
export const MAX_SENTENCE_LENGTH = 500
/** Most nodes of a rule's syntax tree. */
export const MAX_NODES = 400
/** Deepest nesting of expressions. */
export const MAX_DEPTH = 32
/** Deepest nesting of `all`, `exists` and the like. */
export const MAX_LOOPS = 2
/** Most code units of a text that `contains` looks for. */
export const MAX_NEEDLE_LENGTH = 256
/** Most nodes visited: each reading of a list counts its length times the nodes of the rule. */
export const MAX_VISITS = 1 << 20
/** Most code units read: each reading of a text counts its length, once for each 16 of the longest text in the rule. */
export const MAX_UNITS = 1 << 26
