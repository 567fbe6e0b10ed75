/**
 * `test/vectors/README.md`: what the files are, their form, how to run them, and what each holds.
 *
 * @module
 */
import type { Topic } from './topic.ts'

const HEAD = `# Test vectors

Made by \`node tools/write-vectors.ts\` from \`tools/vectors/\`. Do not edit.

For whoever writes a second implementation of the [specification](../../docs/spec/README.md): inputs, and what every
implementation must make of them. Each file is about one topic. An implementation agrees with this specification where
it accepts, rejects and computes what the files say, case by case. Most cases are rejections, since that is where
implementations differ.

[example-run](example-run/README.md) is one run, whole, with every file that a verifier may be given.

## Form

Each file is one JSON document (UTF-8, every file is [strict JSON](../../docs/spec/json.md#strict-json)):

\`\`\`
{"topic": NAME, "spec": PAGE, "about": TEXT,
 "operations": {NAME: TEXT, ...},
 "cases": [{"name": TEXT, "rule": PAGE#SECTION, ...input..., "accept": VALUE or "reject": CODE}, ...]}
\`\`\`

- \`about\` says what is to be done with a case. Where a topic has several operations, the member \`operation\` of a case
  names one, and \`operations\` says what each takes and gives.
- \`name\` is unique in its file. \`rule\` is the section that decides the case.
- A case has exactly one of \`accept\` and \`reject\`. \`accept\` is what must come out, member for member. \`reject\` is the
  [error code](../../docs/guide/errors.md) of the specification. Where an input breaks two rules that have two codes,
  implementations may differ in which they give, unless the page gives an order. So a case breaks one rule only, or
  several with one code, unless its text says otherwise.
- A member whose name ends in \`Hex\` is a byte string in lowercase hexadecimal. One whose name ends in \`Text\` is a text,
  or, where bytes are wanted, its UTF-8. One whose name ends in \`File\` is the path of a file from this folder on, and
  means that file's bytes. Everything else is a plain value.
- Sizes and indexes of trees are decimal strings, since they go up to 2^63.
- A long \`Hex\` or \`Text\` is a list instead of a string: its elements, one after the other, are the value. An element is a
  string, or \`{"repeat": STRING, "times": N}\`, which is the string N times.
- Order of members and white space of these files mean nothing.
- A verifier refuses nothing, it reports: in [records](records.json), \`accept\` is a report, and most cases are of records
  that something is wrong with. Their files lie under \`records/\`, each in the folder of the first case that has it.

## Running them

Read a file, do for each case what \`about\` and \`operations\` say, and compare: the value with \`accept\`, or the code of
the refusal with \`reject\`. Here that is [test/spec/vectors.test.ts](../spec/vectors.test.ts).

## Keys

Every key is public, and its private half is in \`tools/vectors/keys.ts\`: trust nothing that they sign. Signatures are
made by RFC 6979 or RFC 8032, so the files can be made again, byte for byte.
`

export function readme(topics: readonly Topic[]): string {
  const rows = topics.map(({ topic, spec, cases }) => {
    const accepted = cases.filter((one) => one.accept !== undefined).length
    const page = spec.replace('docs/spec/', '')
    return `| [${topic}](${topic}.json) | [${page}](../../${spec}) | ${accepted} | ${cases.length - accepted} |\n`
  })
  return `${HEAD}\n## Topics\n\n| topic | page | accept | reject |\n| --- | --- | --- | --- |\n${rows.join('')}`
}
