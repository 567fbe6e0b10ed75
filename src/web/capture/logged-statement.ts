/**
 * What the registry keeps of a statement once the log has taken its entry.
 *
 * @module
 */
import { envelopeValue } from '../../core/dsse/index.ts'
import { canonicalize } from '../../core/json/index.ts'
import { formatTlogProof } from '../../core/tlog-proof/index.ts'
import type { Sequenced } from '../log/index.ts'
import type { LoggedStatement } from '../registry/index.ts'
import type { SignedStatement } from './sign-statement.ts'

export function loggedStatement(statement: SignedStatement, sequenced: Sequenced): LoggedStatement {
  return {
    envelope: canonicalize(envelopeValue(statement.envelope)),
    publicKey: statement.publicKey,
    index: sequenced.index,
    proof: tlogProofOf(sequenced),
  }
}

/** C2SP tlog-proof of a sequenced entry. */
export function tlogProofOf({ index, proof, checkpoint }: Sequenced): string {
  return formatTlogProof({ index, hashes: proof, checkpoint })
}
