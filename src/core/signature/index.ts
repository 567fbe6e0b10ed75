export { lowSDer, type P256Signature, parseP256Signature } from './der.ts'
export { checkEd25519Signature } from './ed25519.ts'
export { ed25519Spki, keyId, parseP256Spki } from './spki.ts'
export {
  nobleVerifier,
  type SignatureVerifier,
  type SynchronousSignatureVerifier,
  strictVerifier,
  type VerifySignatureInput,
} from './verifier.ts'
