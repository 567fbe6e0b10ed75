/**
 * `colophon/formats`: the formats that records and logs are made of, each named after its specification, for those who
 * read or write them with tools of their own.
 *
 * @module
 */
export * from './bundle/index.ts'
export * from './checkpoint/index.ts'
export * from './dsse/index.ts'
export * from './hashedrekord/index.ts'
export * from './intoto/index.ts'
export { type CanonicalInput, canonicalize, canonicalText, type JsonValue, parseJson } from './json/index.ts'
export * from './merkle/index.ts'
export * from './note/index.ts'
export { nobleVerifier, type SignatureVerifier, strictVerifier } from './signature/index.ts'
export * from './tiles/index.ts'
export * from './tlog-proof/index.ts'
