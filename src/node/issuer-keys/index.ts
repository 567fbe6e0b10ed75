export { type HeldKey, type KeyUse, type ListedKeys, listKeys } from './list-keys.ts'
export { type Revocation, type RevocationPoint, revokeSigner } from './revoke-signer.ts'
export { type RotateOptions, type Rotation, type RotationStep, rotateIssuerKey } from './rotate-issuer-key.ts'
