export { type Envelope, envelopeValue, MAX_ENVELOPE_SIZE, parseEnvelope } from './envelope.ts'
export { preAuthEncoding } from './pre-auth-encoding.ts'
