/**
 * Vectors of envelopes and of what they sign: `docs/spec/container.md`, "Envelope". Expectations by hand and by Node's
 * Buffer; signatures by Node-independent RFC 6979, over an encoding that is put together here.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { canonical, edited, memberPaths, slugOf } from './document.ts'
import { statementKey } from './keys.ts'
import { base64Of, bytesOfHex, hexOf, type Parts } from './parts.ts'
import { type EnvelopeInput as In, OPERATIONS, runEnvelope } from './run/envelope.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/container.md#envelope'
const TYPE = 'application/vnd.in-toto+json'
const PAYLOAD = '{"a":1}'

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const key = statementKey(0x11)
const PUBLIC_KEY = hexOf(key.publicKey)

/** By Node's own count of bytes. */
const pae = (type: string, payload: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([utf8(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]))

const envelopeOf = ({
  type = TYPE,
  payload = PAYLOAD,
  signature,
}: {
  readonly type?: string
  readonly payload?: string
  readonly signature: Uint8Array
}): Value => ({
  payload: base64Of(utf8(payload)),
  payloadType: type,
  signatures: [{ sig: base64Of(signature) }],
})

const GOOD_SIGNATURE = key.sign(pae(TYPE, utf8(PAYLOAD)))
const GOOD = envelopeOf({ signature: GOOD_SIGNATURE })

const encodes = (
  name: string,
  payloadType: string,
  payload: { payloadText: string } | { payloadHex: string },
): Case<In> => ({
  name: `pae-${name}`,
  rule: RULE,
  operation: 'preAuthEncode',
  payloadType,
  ...payload,
  accept: {
    paeHex: hexOf(
      pae(payloadType, 'payloadText' in payload ? utf8(payload.payloadText) : bytesOfHex(payload.payloadHex)),
    ),
  },
})

const PAE: readonly Case<In>[] = [
  {
    name: 'pae-of-the-dsse-specification',
    rule: RULE,
    operation: 'preAuthEncode',
    payloadType: 'http://example.com/HelloWorld',
    payloadText: 'hello world',
    accept: { paeHex: hexOf(utf8('DSSEv1 29 http://example.com/HelloWorld 11 hello world')) },
  },
  encodes('of-a-payload', TYPE, { payloadText: PAYLOAD }),
  encodes('of-an-empty-payload', TYPE, { payloadText: '' }),
  encodes('counts-bytes-of-the-payload', TYPE, { payloadText: '\u20ac' }),
  encodes('counts-bytes-of-the-type', 'http://example.com/\u00e9', { payloadText: 'a' }),
  encodes('of-bytes-that-are-no-text', TYPE, { payloadHex: '00ff20' }),
]

const read = (name: string, envelope: Value): Case<In> => ({
  name: `read-${name}`,
  rule: RULE,
  operation: 'read',
  envelopeText: canonical(envelope),
  reject: 'DSSE_MALFORMED',
})
const refusesEdit = (name: string, path: readonly (string | number)[], value: Value): Case<In> =>
  read(name, edited(GOOD, path, value))
const refusesText = (name: string, envelopeText: Parts): Case<In> => ({
  name: `read-${name}`,
  rule: RULE,
  operation: 'read',
  envelopeText,
  reject: 'DSSE_MALFORMED',
})
const refusesSignature = (name: string, signature: Uint8Array): Case<In> => ({
  name: `read-signature-${name}`,
  rule: RULE,
  operation: 'read',
  envelopeText: canonical(envelopeOf({ signature })),
  reject: 'SIGNATURE_MALFORMED',
})
const reads = (name: string, type: string): Case<In> => ({
  name: `read-${name}`,
  rule: RULE,
  operation: 'read',
  envelopeText: canonical(envelopeOf({ type, signature: GOOD_SIGNATURE })),
  accept: { payloadType: type, payloadHex: hexOf(utf8(PAYLOAD)), signatureHex: hexOf(GOOD_SIGNATURE) },
})

const SIG = { sig: base64Of(GOOD_SIGNATURE) }
const TEXT = canonical(GOOD)

function manySignatures(count: number): Parts {
  const [before = '', after = ''] = canonical(edited(GOOD, ['signatures'], ['*'])).split('"*"')
  return [before, canonical(SIG), { repeat: `,${canonical(SIG)}`, times: count - 1 }, after]
}

const READ: readonly Case<In>[] = [
  reads('of-the-payload-type-of-statements', TYPE),
  reads('of-a-payload-type-of-256-characters', '~'.repeat(256)),
  ...memberPaths(GOOD).map((path) => read(`${slugOf(path)}-missing`, edited(GOOD, path, undefined))),
  ...memberPaths(GOOD).map((path) => read(`${slugOf(path)}-null`, edited(GOOD, path, null))),
  refusesEdit('member-unknown', ['more'], 1),
  refusesEdit('keyid', ['signatures', 0, 'keyid'], ''),
  refusesEdit('no-signature', ['signatures'], []),
  refusesEdit('two-signatures', ['signatures'], [SIG, SIG]),
  refusesText('signatures-100000', manySignatures(100_000)),
  refusesEdit('signatures-not-an-array', ['signatures'], SIG),
  refusesEdit('signature-a-text', ['signatures', 0], SIG.sig),
  refusesEdit('payload-empty', ['payload'], ''),
  refusesEdit('payload-without-padding', ['payload'], 'eyJhIjoxfQ'),
  refusesEdit('payload-with-trailing-bits', ['payload'], 'eyJhIjoxfR=='),
  refusesEdit('payload-in-base64url', ['payload'], '_w=='),
  refusesEdit('payload-with-a-newline', ['payload'], 'eyJh\nIjoxfQ=='),
  refusesEdit('payload-a-number', ['payload'], 1),
  refusesEdit('type-empty', ['payloadType'], ''),
  refusesEdit('type-with-a-space', ['payloadType'], 'a b'),
  refusesEdit('type-above-ascii', ['payloadType'], 'http://example.com/\u00e9'),
  refusesEdit('type-of-257-characters', ['payloadType'], '~'.repeat(257)),
  refusesEdit('type-with-a-newline', ['payloadType'], `${TYPE}\n`),
  refusesEdit('signature-with-trailing-bits', ['signatures', 0, 'sig'], 'MAYCAQECAQF='),
  refusesText('payload-twice', TEXT.replace('"payloadType"', '"payload":"e30=","payloadType"')),
  refusesText('space', TEXT.replace(',', ', ')),
  refusesText('newline-behind', `${TEXT}\n`),
  refusesText(
    'members-in-another-order',
    `{"payloadType":"${TYPE}","payload":"eyJhIjoxfQ==","signatures":[{"sig":"${SIG.sig}"}]}`,
  ),
  refusesText('escaped-slash', TEXT.replace('application/vnd', 'application\\/vnd')),
  refusesText('array', `[${TEXT}]`),
  refusesText('empty', ''),
  refusesText('base64-of-the-envelope', base64Of(utf8(TEXT))),
  refusesSignature('empty', new Uint8Array(0)),
  refusesSignature('high-twin', key.sign(pae(TYPE, utf8(PAYLOAD)), 'high')),
  refusesSignature('raw-r-and-s', new Uint8Array(64).fill(1)),
  refusesSignature('byte-behind', Uint8Array.of(...GOOD_SIGNATURE, 0)),
]

const verify = (name: string, envelope: Value, reject?: ErrorCode, publicKeyHex = PUBLIC_KEY): Case<In> => ({
  name: `verify-${name}`,
  rule: RULE,
  operation: 'verify',
  envelopeText: canonical(envelope),
  publicKeyHex,
  ...(reject === undefined ? { accept: { payloadHex: hexOf(utf8(PAYLOAD)) } } : { reject }),
})
const signedOver = (name: string, message: Uint8Array): Case<In> =>
  verify(`signed-over-${name}`, envelopeOf({ signature: key.sign(message) }), 'SIGNATURE_INVALID')

const PAYLOAD_BYTES = utf8(PAYLOAD)
const OTHER_TYPE = 'application/vnd.in-toto+xml'

const VERIFY: readonly Case<In>[] = [
  verify('valid', GOOD),
  verify('of-another-type', envelopeOf({ type: OTHER_TYPE, signature: GOOD_SIGNATURE }), 'SIGNATURE_INVALID'),
  verify('of-another-payload', envelopeOf({ payload: '{"a":2}', signature: GOOD_SIGNATURE }), 'SIGNATURE_INVALID'),
  verify(
    'of-the-same-payload-rewritten',
    envelopeOf({ payload: '{"a": 1}', signature: GOOD_SIGNATURE }),
    'SIGNATURE_INVALID',
  ),
  verify('by-another-key', GOOD, 'SIGNATURE_INVALID', hexOf(statementKey(0x22).publicKey)),
  signedOver('the-payload-alone', PAYLOAD_BYTES),
  signedOver('the-base64', utf8(base64Of(PAYLOAD_BYTES))),
  signedOver('the-base64-in-the-encoding', pae(TYPE, utf8(base64Of(PAYLOAD_BYTES)))),
  signedOver('another-type', pae(OTHER_TYPE, PAYLOAD_BYTES)),
  signedOver('another-version', utf8(`DSSEv2 ${TYPE.length} ${TYPE} ${PAYLOAD.length} ${PAYLOAD}`)),
  signedOver('wrong-lengths', utf8(`DSSEv1 ${TYPE.length + 1} ${TYPE} ${PAYLOAD.length} ${PAYLOAD}`)),
  signedOver('lengths-in-binary', utf8(`DSSEv1 \u001c\0\0\0 ${TYPE} \u0007\0\0\0 ${PAYLOAD}`)),
  signedOver('no-lengths', utf8(`DSSEv1 ${TYPE} ${PAYLOAD}`)),
]

export const envelope: Topic<In> = {
  topic: 'envelope',
  spec: 'docs/spec/container.md',
  about: 'DSSE envelopes as documents of their own, and the pre-authentication encoding that they sign.',
  operations: OPERATIONS,
  cases: [...PAE, ...READ, ...VERIFY],
  run: runEnvelope,
}
