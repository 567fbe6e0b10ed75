/**
 * How this implementation runs a case of `signature`.
 *
 * @module
 */
import { ColophonError } from '../../../src/core/errors.ts'
import { keyId, nobleVerifier, parseP256Signature, parseP256Spki } from '../../../src/core/signature/index.ts'
import { bytesOfHex, bytesOfText } from '../parts.ts'
import { hex32, type SignatureInput } from '../signature-case.ts'
import type { Value } from '../topic.ts'

export const runSignature = ({
  operation,
  publicKeyHex = '',
  signatureHex = '',
  messageText,
  messageHex = '',
}: SignatureInput): Value => {
  const input = {
    publicKey: bytesOfHex(publicKeyHex),
    signature: bytesOfHex(signatureHex),
    message: messageText === undefined ? bytesOfHex(messageHex) : bytesOfText(messageText),
  }
  switch (operation) {
    case 'readP256Key':
      parseP256Spki(input.publicKey)
      return { keyId: keyId(input.publicKey) }
    case 'readP256Signature': {
      const { r, s } = parseP256Signature(input.signature)
      return { rHex: hex32(r), sHex: hex32(s) }
    }
    case 'verifyP256':
      parseP256Signature(input.signature)
      parseP256Spki(input.publicKey)
      return valid(nobleVerifier.p256(input))
    case 'verifyEd25519':
      return valid(nobleVerifier.ed25519(input))
  }
}

function valid(verified: boolean): Value {
  if (!verified) throw new ColophonError('SIGNATURE_INVALID', 'does not verify')
  return {}
}
