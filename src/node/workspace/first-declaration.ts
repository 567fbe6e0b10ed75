/**
 * The declaration that `init` writes for a start: private, for the model that ships with this package.
 *
 * It is kept by what `colophon run` sends, with passages and without, directly and through a gateway.
 *
 * @module
 */

/** @param blindHex 64 random hexadecimal digits */
export function firstDeclaration({ blindHex }: { readonly blindHex: string }): string {
  return `# What a run of this application is composed of. "colophon declare" signs it; each run is bound to it beforehand.
#
# Nine roles, and none may be missing. Each is
#   fixed: ...       this, byte for byte; a long one may stand in a file: {file: prompt.txt}
#   slot: {...}      filled at run time, within these bounds (maxBytes, maxCount, minCount)
#   absent           nothing of the kind is sent
#   any              no promise
#
# Any change makes it another declaration with another id, and "colophon diff" names what changed.

name: shop-assistant

# private: records show blinded digests of what stands here. Whoever has the blind can test guesses against them, so keep
# this file to yourself. Keep the blind from version to version, and versions can be compared.
privacy: private
blind: ${blindHex}

# The model to ask for.
model:
  fixed: colophon-tiny

# The system prompt. Try: Answer like a pirate.
instructions:
  fixed: Answer politely and thank the customer.

tools: absent

# Retrieved passages. "colophon run --context-file" marks their places in the request. A gateway is not told of them:
# there they are part of the input.
context:
  slot: {maxCount: 4, maxBytes: 2000}

history: absent

# What is asked.
input:
  slot: {maxBytes: 4000}

# The temperature is a promise; whether the answer is streamed is not.
parameters:
  fixed: {temperature: 0}
  allow: [stream, stream_options]

outputFormat: absent

# What was sent must be what is declared here, role by role.
policy: strict
`
}
