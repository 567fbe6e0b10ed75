/**
 * SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), synchronous, in any ECMAScript. Hosts with a native
 * implementation inject it where speed matters; it must give the same bytes.
 *
 * @module
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** 32 bytes of any number of bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** 32 bytes of a key and a message of any length. */
export type HmacSha256 = (input: { readonly key: Uint8Array; readonly message: Uint8Array }) => Uint8Array

/** SHA-256: 32 bytes. */
export const sha256: Sha256 = (bytes) => nobleSha256(bytes)

/** HMAC-SHA-256: 32 bytes. */
export const hmacSha256: HmacSha256 = ({ key, message }) => hmac(nobleSha256, key, message)
