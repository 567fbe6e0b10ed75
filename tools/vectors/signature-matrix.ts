/**
 * Cases of the topic `signature`: encodings of points of small order, where verifiers of Ed25519 differ.
 *
 * @module
 */
import { edwardsMatrix } from '../../test/support/edwards-matrix.ts'
import { hexOf } from './parts.ts'
import { LOG_KEYS, type SignatureCase } from './signature-case.ts'

/**
 * Every encoding of a small-order point as the key and as R, and every mixture of an ordinary point with one of small
 * order in both: what is right follows from how they are made, see `edwards-matrix.ts`.
 */
export const MATRIX: readonly SignatureCase[] = edwardsMatrix()
  .filter(({ name }) => name.endsWith('message 0') && isInMatrix(name))
  .map(({ name, valid, input }) => ({
    name: slug(name),
    rule: LOG_KEYS,
    operation: 'verifyEd25519' as const,
    publicKeyHex: hexOf(input.publicKey),
    messageHex: hexOf(input.message),
    signatureHex: hexOf(input.signature),
    ...(valid ? { accept: {} } : { reject: 'SIGNATURE_INVALID' as const }),
  }))

/** Small order on one side with an ordinary other; the same small-order encoding on both, S = 0; mixed on both. */
function isInMatrix(name: string): boolean {
  const [a = '', r = '', s = ''] = name.split('; ').map((part) => part.replace(/^[AR]: /, ''))
  const [smallA, smallR] = [a.startsWith('small'), r.startsWith('small')]
  if (smallA && smallR) return a === r && s === 'S = 0'
  if (s !== 'S fits') return false
  if (smallA) return r.startsWith('ordinary plus 0')
  return !smallR || a.startsWith('ordinary plus 0')
}

function slug(name: string): string {
  const [a = '', r = ''] = name.split('; ').map((part) => slugOfEncoding(part.replace(/^[AR]: /, '')))
  return `matrix-key-${a}-r-${r}`
}

export function slugOfEncoding(name: string): string {
  return name
    .replace('= -y8', '= minus-y8')
    .replace('small order, y = ', 'small-y-')
    .replace(', with a sign', '-signed')
    .replace('ordinary plus ', 'torsion-')
    .replace(' of order 8', '')
    .replace(/ - /g, '-minus-')
    .replace(/ \+ /g, '-plus-')
}
