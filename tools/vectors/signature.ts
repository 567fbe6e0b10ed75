/**
 * Vectors of `docs/spec/signature.md`. Expectations follow from how each case is made, not from what a library says of
 * it; keys and signatures come from Node's crypto and from curve arithmetic.
 *
 * @module
 */
import { runSignature } from './run/signature.ts'
import { OPERATIONS, type SignatureInput } from './signature-case.ts'
import { DER } from './signature-der.ts'
import { ED25519 } from './signature-ed25519.ts'
import { MATRIX } from './signature-matrix.ts'
import { P256 } from './signature-p256.ts'
import { P256_KEYS } from './signature-p256-keys.ts'
import { SMALL_ORDER } from './signature-small-order.ts'
import type { Topic } from './topic.ts'

export const signature: Topic<SignatureInput> = {
  topic: 'signature',
  spec: 'docs/spec/signature.md',
  about:
    'Keys and signatures. The cases `matrix-*` go through every encoding of a point of small order, and through ' +
    'ordinary points with a part of small order (`torsion-N`: N times a point of order 8 added): those are valid ' +
    'exactly where the equation without the cofactor holds. The cases `fits-*` satisfy the equation, ' +
    'so only the rule on small order refuses them.',
  operations: OPERATIONS,
  cases: [...P256_KEYS, ...DER, ...P256, ...ED25519, ...MATRIX, ...SMALL_ORDER],
  run: runSignature,
}
