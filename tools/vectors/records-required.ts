import { OTHER } from './issued.ts'
import { UNDECLARED } from './plans.ts'
import { ACCEPTED, type RecordCase, signerOf, WITHOUT, whole, withoutMember } from './record-case.ts'

const ASKED = 'docs/spec/verdicts.md#what-the-verifier-asked-for'

const require = (...checks: readonly string[]) => ({ require: checks })

export const REQUIREMENTS: readonly RecordCase[] = [
  whole('everything-that-can-be-required', 'trusted kept 0', {
    rule: ASKED,
    given: {
      policy: require('output', 'completion', 'requestClosure', 'responseClosure', 'declarationContents', 'composition', 'policy'),
    },
  }),
  whole('output-required-and-not-given', 'trusted kept 5', {
    rule: ASKED,
    given: { output: null, policy: require('output') },
    checks: WITHOUT.output,
  }),
  whole('output-required-and-not-given-where-a-claim-is-enough', 'trusted kept 5', {
    rule: ASKED,
    given: { output: null, policy: { ...require('output'), ...ACCEPTED } },
    checks: WITHOUT.output,
  }),
  whole('closure-required-and-claimed', 'trusted claimed 5', {
    rule: ASKED,
    given: { disclosure: null, policy: require('requestClosure') },
    checks: WITHOUT.disclosure,
  }),
  whole('closure-required-and-claimed-where-that-is-enough', 'trusted claimed 0', {
    rule: ASKED,
    given: { disclosure: null, policy: { ...require('requestClosure', 'completion'), ...ACCEPTED } },
    checks: WITHOUT.disclosure,
  }),
  whole('contents-required-and-not-shown', 'trusted kept 5', {
    rule: ASKED,
    given: { disclosure: withoutMember('declaration'), policy: { ...require('declarationContents'), ...ACCEPTED } },
    checks: { declarationContents: 'notChecked', models: 'claimed' },
  }),
  whole('capture-not-accepted', 'trusted kept 5', {
    rule: ASKED,
    given: { policy: { captures: ['gateway'] } },
    checks: { capture: 'CAPTURE_NOT_ACCEPTED' },
  }),
  whole('agreed-on-another-declaration', 'trusted kept 5', {
    rule: ASKED,
    given: { agreed: () => 'ab'.repeat(32) },
    checks: { agreedDeclaration: 'DECLARATION_NOT_AGREED' },
  }),
  whole('policy-names-another-declaration', 'trusted kept 5', {
    rule: ASKED,
    given: { policy: { declarations: ['ab'.repeat(32)] } },
    checks: { agreedDeclaration: 'DECLARATION_NOT_AGREED' },
  }),
  whole('policy-and-caller-agree-on-no-declaration', 'trusted kept 5', {
    rule: ASKED,
    given: { policy: { declarations: ['ab'.repeat(32)] }, agreed: ({ declarationId }) => declarationId },
    checks: { agreedDeclaration: 'DECLARATION_NOT_AGREED' },
  }),
  whole('agreed-on-a-declaration-and-bound-to-none', 'trusted undeclared 5', {
    rule: ASKED,
    plan: UNDECLARED,
    given: { agreed: () => 'ab'.repeat(32) },
    checks: { ...WITHOUT.declaration, agreedDeclaration: 'DECLARATION_NOT_AGREED' },
  }),
  whole('asked-for-more-without-being-trusted', 'valid kept 3', {
    rule: 'docs/spec/verdicts.md#exit-codes',
    given: { policy: { signers: [signerOf('Other', OTHER)], captures: ['gateway'] } },
    checks: {
      signer: 'KEY_NOT_TRUSTED',
      bindingSigner: 'KEY_NOT_TRUSTED',
      declarationSigner: 'KEY_NOT_TRUSTED',
      capture: 'CAPTURE_NOT_ACCEPTED',
    },
  }),
]
