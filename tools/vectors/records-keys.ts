/**
 * Keys that are believed for some statements only, for `records.ts` (`docs/spec/trust-policy.md`, "Validity"). In the
 * example's log the declaration is entry 1, the binding 2 and the record 3.
 *
 * @module
 */
import type { Members } from './declared.ts'
import { ISSUER, inOneLog, OTHER, type Plan } from './issued.ts'
import { LOG, noteKey, OTHER_WITNESS, WITNESS } from './notes.ts'
import { PlainLog } from './plain-log.ts'
import { type Checks, judged, type RecordCase, signerOf } from './record-case.ts'
import type { Value } from './topic.ts'

const RULE = 'docs/spec/trust-policy.md#validity'

interface Given {
  readonly plan?: Plan
  readonly valid: Value
  readonly policy?: Members
}

const policyOf = ({ valid, policy }: Given): Members => ({
  signers: [signerOf('Example issuer', ISSUER, valid)],
  ...policy,
})
const believed = (name: string, given: Given): RecordCase =>
  judged({
    name: `key-${name}`,
    rule: RULE,
    ...(given.plan ? { plan: given.plan } : {}),
    given: { policy: policyOf(given) },
    verdict: 'trusted kept 0',
  })
/** It says nothing against the record: valid, and not trusted. */
const not = (name: string, given: Given, checks: Checks): RecordCase =>
  judged({
    name: `key-${name}`,
    rule: RULE,
    ...(given.plan ? { plan: given.plan } : {}),
    given: { policy: policyOf(given) },
    verdict: 'valid kept 3',
    checks,
  })

const size = (number: number, log = LOG.name): Value => ({ log, size: number })
const time = (text: string): Value => ({ time: `2026-01-01T00:00:${text}Z` })
const until = (bound: Value, because: 'rotated' | 'revoked' = 'rotated'): Value => ({
  from: 'any',
  until: bound,
  because,
})
const from = (bound: Value): Value => ({ from: bound, until: 'any', because: 'rotated' })
const between = (start: Value, end: Value): Value => ({ from: start, until: end, because: 'rotated' })

const OUTSIDE = 'KEY_OUTSIDE_VALIDITY'
const ALL_OUTSIDE: Checks = { signer: OUTSIDE, bindingSigner: OUTSIDE, declarationSigner: OUTSIDE }
const ALL_MISSING: Checks = {
  signer: 'TRUSTED_TIME_MISSING',
  bindingSigner: 'TRUSTED_TIME_MISSING',
  declarationSigner: 'TRUSTED_TIME_MISSING',
}
const OTHER_LOG = noteKey({ name: '2026b.log.example', seed: 8 })
const TWO_LOGS = { logs: [LOG.vkey, OTHER_LOG.vkey] }

const BY_PLACE: readonly RecordCase[] = [
  believed('until-beyond-the-record', { valid: until(size(4)) }),
  not('rotated-at-the-record', { valid: until(size(3)) }, { signer: OUTSIDE }),
  not('revoked-at-the-record', { valid: until(size(3), 'revoked') }, { signer: 'KEY_REVOKED' }),
  not(
    'revoked-before-everything',
    { valid: until(size(0), 'revoked') },
    {
      signer: 'KEY_REVOKED',
      bindingSigner: 'KEY_REVOKED',
      declarationSigner: 'KEY_REVOKED',
    },
  ),
  believed('revoked-after-the-record', { valid: until(size(4), 'revoked') }),
  believed('from-the-declaration-on', { valid: from(size(1)) }),
  not('from-behind-the-declaration', { valid: from(size(2)) }, { declarationSigner: OUTSIDE }),
  believed('in-a-window-that-just-holds', { valid: between(size(1), size(4)) }),
  not('in-a-window-of-nothing', { valid: between(size(4), size(1)) }, ALL_OUTSIDE),
  not('of-another-log', { valid: until(size(1000, OTHER_LOG.name)), policy: TWO_LOGS }, ALL_OUTSIDE),
  not(
    'of-another-log-than-the-record',
    {
      plan: { logs: { record: new PlainLog(OTHER_LOG, { size: 0 }) } },
      valid: until(size(1000)),
      policy: TWO_LOGS,
    },
    { signer: OUTSIDE },
  ),
  not(
    'where-no-place-is-proven',
    { valid: until(size(1000, OTHER_LOG.name)), policy: { logs: [OTHER_LOG.vkey] } },
    {
      signer: 'notChecked',
      bindingSigner: 'notChecked',
      declarationSigner: 'notChecked',
      recordInLog: 'LOG_NOT_TRUSTED',
      bindingInLog: 'LOG_NOT_TRUSTED',
      declarationInLog: 'LOG_NOT_TRUSTED',
      order: 'notChecked',
    },
  ),
  believed('of-the-declaration-alone', {
    plan: { keys: { declaration: OTHER } },
    valid: 'always',
    policy: { signers: [signerOf('Example issuer', ISSUER), signerOf('Old key', OTHER, until(size(2), 'revoked'))] },
  }),
]

/** 2026-01-01T00:00:05Z, on every checkpoint. */
const SECONDS = 1_767_225_605n
const cosigned = (...cosigners: readonly ((text: string) => string)[]): Plan =>
  inOneLog(new PlainLog(LOG, { cosigners }))
const ONCE = (): Plan => cosigned((text) => WITNESS.cosign(text, SECONDS))
const TWICE = (): Plan =>
  cosigned(
    (text) => WITNESS.cosign(text, SECONDS),
    (text) => OTHER_WITNESS.cosign(text, SECONDS + 1n),
  )
const WITNESSED = { witnesses: [WITNESS.vkey] }
const BOTH = { witnesses: [WITNESS.vkey, OTHER_WITNESS.vkey] }
const dated = (valid: Value, policy: Members = WITNESSED): Given => ({ plan: ONCE(), valid, policy })

const BY_TIME: readonly RecordCase[] = [
  believed('until-the-very-second', dated(until(time('05.000')))),
  not('until-a-millisecond-before', dated(until(time('04.999'))), ALL_OUTSIDE),
  not('revoked-a-millisecond-before', dated(until(time('04.999'), 'revoked')), {
    signer: 'KEY_REVOKED',
    bindingSigner: 'KEY_REVOKED',
    declarationSigner: 'KEY_REVOKED',
  }),
  believed('from-the-very-second', dated(from(time('05.000')))),
  not('from-a-millisecond-after', dated(from(time('05.001'))), ALL_OUTSIDE),
  believed('in-a-window-of-one-moment', dated(between(time('05.000'), time('05.000')))),
  believed('from-a-place-until-a-time', dated(between(size(1), time('05.000')))),
  not('whose-witness-the-policy-does-not-name', dated(until(time('59.000')), {}), ALL_MISSING),
  not(
    'that-only-another-witness-dates',
    dated(until(time('59.000')), { witnesses: [OTHER_WITNESS.vkey] }),
    ALL_MISSING,
  ),
  not('that-nobody-dates', { valid: until(time('59.000')), policy: WITNESSED }, ALL_MISSING),
  not(
    'that-is-dated-with-0',
    {
      plan: cosigned((text) => WITNESS.cosign(text, 0n)),
      valid: until(time('59.000')),
      policy: WITNESSED,
    },
    ALL_MISSING,
  ),
  believed('that-two-date-within', { plan: TWICE(), valid: until(time('06.000')), policy: BOTH }),
  not('that-one-of-two-dates-beyond', { plan: TWICE(), valid: until(time('05.000')), policy: BOTH }, ALL_OUTSIDE),
  not('that-one-of-two-dates-before', { plan: TWICE(), valid: from(time('06.000')), policy: BOTH }, ALL_OUTSIDE),
  believed('that-one-dates-within-and-a-stranger-beyond', {
    plan: TWICE(),
    valid: until(time('05.000')),
    policy: WITNESSED,
  }),
  not(
    'of-a-record-that-alone-is-not-dated',
    {
      plan: {
        ...ONCE(),
        place: {
          record: (sequenced) => ({
            ...sequenced,
            checkpoint: sequenced.checkpoint.slice(0, sequenced.checkpoint.indexOf(`\u2014 ${WITNESS.name}`)),
          }),
        },
      },
      valid: until(time('59.000')),
      policy: WITNESSED,
    },
    { signer: 'TRUSTED_TIME_MISSING' },
  ),
]

export const KEYS: readonly RecordCase[] = [...BY_PLACE, ...BY_TIME]
