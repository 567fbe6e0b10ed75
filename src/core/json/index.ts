export { type CanonicalInput, type CanonicalizeOptions, canonicalize, canonicalText } from './canonicalize.ts'
export { DEFAULT_JSON_LIMITS, type JsonLimits } from './limits.ts'
export { canonicalNumber, compareNumbers, isNumberToken, isWholeNumber } from './number.ts'
export { parseCanonicalJson } from './parse-canonical.ts'
export { appendPointer, parsePointer } from './pointer.ts'
export { ObjectReader, readObject } from './reader.ts'
export {
  type Located,
  mismatch,
  readArray,
  readBase64,
  readBoolean,
  readDecimalString,
  readHex,
  readInteger,
  readOneOf,
  readString,
  readTime,
  type StringOptions,
} from './scalar.ts'
export { scanJson } from './scan.ts'
export {
  elements,
  isNamed,
  JsonKind,
  type JsonTape,
  memberAt,
  members,
  numberTokenAt,
  stringAt,
  textBytesAt,
} from './tape.ts'
export { JsonNumber, type JsonObject, type JsonValue, parseJson, valueAt } from './value.ts'
