/**
 * The key that signs statements (declarations, bindings, records).
 *
 * @module
 */

/** A P-256 key that signs. Trusted: whoever can use it can sign any statement in the issuer's name. */
export interface StatementSigner {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** SHA-256 of `publicKey`, hex. A hint for finding the key, never a reason to trust it. */
  readonly keyId: string

  /**
   * ECDSA P-256 with SHA-256 over the message.
   *
   * @param message  the bytes themselves, not their hash
   * @returns strict DER, low S
   */
  sign(message: Uint8Array): Uint8Array
}
