/**
 * Vectors of C2SP tlog-proofs: `docs/spec/log.md`, "Proofs". Expectations by hand.
 *
 * @module
 */
import { hexOf, type Parts } from './parts.ts'
import { type TlogProofInput as In, runTlogProof } from './run/tlog-proof.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/log.md#proofs'
const HEADER = 'c2sp.org/tlog-proof@v1'
/** Carried, not read. */
const CHECKPOINT = 'a checkpoint\n\n\u2014 a line\n'

const hashOf = (byte: number): Buffer => Buffer.alloc(32, byte)
const [H1, H2] = [hashOf(1).toString('base64'), hashOf(2).toString('base64')]
const TEXT = `${HEADER}\nindex 2\n${H1}\n${H2}\n\n${CHECKPOINT}`
const READ = { index: '2', hashes: [hexOf(hashOf(1)), hexOf(hashOf(2))], checkpointText: CHECKPOINT }

const reads = (name: string, proofText: Parts, changed: Readonly<Record<string, Value>>): Case<In> => ({
  name,
  rule: RULE,
  proofText,
  accept: { ...READ, ...changed },
})
const refuses = (name: string, proofText: Parts): Case<In> => ({
  name,
  rule: RULE,
  proofText,
  reject: 'PROOF_MALFORMED',
})
const withIndex = (index: string): string => TEXT.replace('index 2', index)
const withHash = (hash: string): string => TEXT.replace(H2, hash)

export const tlogProof: Topic<In> = {
  topic: 'tlog-proof',
  spec: 'docs/spec/log.md',
  about:
    'The text `proofText` read as a tlog-proof: `index`, `hashes` in hexadecimal, the checkpoint as it is, ' +
    '`checkpointText`, and `extraHex` where there is such a line. Nothing is verified, and the checkpoint is not read.',
  cases: [
    reads('two-hashes', TEXT, {}),
    reads('no-hash', `${HEADER}\nindex 0\n\n${CHECKPOINT}`, { index: '0', hashes: [] }),
    reads('hashes-63', [`${HEADER}\nindex 2\n`, { repeat: `${H1}\n`, times: 63 }, `\n${CHECKPOINT}`], {
      hashes: Array(63).fill(hexOf(hashOf(1))),
    }),
    reads('index-largest', withIndex('index 9223372036854775807'), { index: '9223372036854775807' }),
    reads('extra-line-outside-records', TEXT.replace('index', 'extra AQI=\nindex'), { extraHex: '0102' }),
    refuses('empty', ''),
    refuses('header-of-another-version', TEXT.replace('@v1', '@v2')),
    refuses('header-missing', TEXT.slice(HEADER.length + 1)),
    refuses('header-with-a-space-behind', TEXT.replace(HEADER, `${HEADER} `)),
    refuses('index-missing', TEXT.replace('index 2\n', '')),
    refuses('index-twice', TEXT.replace('index 2\n', 'index 2\nindex 2\n')),
    refuses('index-after-the-hashes', `${HEADER}\n${H1}\nindex 2\n\n${CHECKPOINT}`),
    refuses('index-empty', withIndex('index ')),
    refuses('index-with-a-leading-zero', withIndex('index 02')),
    refuses('index-with-a-plus', withIndex('index +2')),
    refuses('index-negative', withIndex('index -1')),
    refuses('index-in-hexadecimal', withIndex('index 0x2')),
    refuses('index-with-two-spaces', withIndex('index  2')),
    refuses('index-with-a-space-behind', withIndex('index 2 ')),
    refuses('index-in-capitals', withIndex('Index 2')),
    refuses('index-with-other-digits', withIndex('index \u0662')),
    refuses('index-2-to-the-63', withIndex('index 9223372036854775808')),
    refuses('hash-of-31-bytes', withHash(Buffer.alloc(31).toString('base64'))),
    refuses('hash-of-33-bytes', withHash(Buffer.alloc(33).toString('base64'))),
    refuses('hash-without-padding', withHash(H2.slice(0, -1))),
    refuses('hash-with-trailing-bits', withHash(`${'A'.repeat(42)}B=`)),
    refuses('hash-in-base64url', withHash(`${'_'.repeat(42)}8=`)),
    refuses('hash-in-hexadecimal', withHash(hexOf(hashOf(2)))),
    refuses('hash-with-a-space-before', withHash(` ${H2}`)),
    refuses('hashes-64', [`${HEADER}\nindex 2\n`, { repeat: `${H1}\n`, times: 64 }, `\n${CHECKPOINT}`]),
    refuses('extra-empty', TEXT.replace('index', 'extra \nindex')),
    refuses('extra-after-the-index', TEXT.replace('index 2\n', 'index 2\nextra AQI=\n')),
    refuses('extra-twice', TEXT.replace('index', 'extra AQI=\nextra AQI=\nindex')),
    refuses('no-empty-line', `${HEADER}\nindex 2\n${H1}\na checkpoint\n`),
    refuses('checkpoint-missing', `${HEADER}\nindex 2\n${H1}\n\n`),
    refuses('checkpoint-without-its-newline', TEXT.slice(0, -1)),
    refuses('crlf', TEXT.replaceAll('\n', '\r\n')),
    refuses('byte-order-mark', `\ufeff${TEXT}`),
    refuses('larger-than-1000000-bytes', [TEXT, { repeat: 'x', times: 1_000_000 }, '\n']),
  ],
  run: runTlogProof,
}
