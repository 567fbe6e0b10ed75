/**
 * Runs in which strings stand wherever a stranger's text can: prompts, passages, labels, tools, answer, and the names of
 * declaration, signer and findings.
 *
 * @module
 */
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { formatTrustPolicy } from '../../src/core/trust/index.ts'
import { completionText } from './chat-texts.ts'
import { DECLARATION, type IssueOptions } from './issued-run.ts'
import { type VerifiedRun, verifiedRun } from './verified-run.ts'

/** As long as names of signers and declarations, and labels of passages, may be. */
const MAX_NAME = 200
const MAX_LABEL = 256

export interface NaughtyTexts {
  readonly strings: readonly string[]
  /** Those that can be names, each once. */
  readonly names: readonly string[]
  /** Those that can be labels of passages. */
  readonly labels: readonly string[]
  readonly answer: string
  readonly signerName: string
  readonly declarationName: string
}

export function naughtyTexts(strings: readonly string[]): NaughtyTexts {
  const names = [...new Set(strings)].filter((text) => text !== '' && text.length <= MAX_NAME)
  const [signerName = '', declarationName = ''] = names.filter((name) => /^<(?:script|svg|img)/i.test(name))
  const labels = strings.filter((text) => text.length <= MAX_LABEL)
  return { strings, names, labels, answer: strings.join('\n'), signerName, declarationName }
}

/** One that kept its declaration, which allows all of it. */
export const issueKept = (texts: NaughtyTexts): Promise<VerifiedRun> => verifiedRun(optionsOf(texts, {}))

/** One with parameters that nobody declared: `x NAME`. */
export const issueBroken = (texts: NaughtyTexts): Promise<VerifiedRun> =>
  verifiedRun(optionsOf(texts, Object.fromEntries(texts.names.map((name) => [`x ${name}`, 1]))))

function optionsOf(
  { strings, names, labels, answer, declarationName }: NaughtyTexts,
  parameters: object,
): IssueOptions & { readonly output: Uint8Array } {
  const requestBody = JSON.stringify({
    model: 'tiny',
    messages: [
      ...strings.map((content) => ({ role: 'system', content })),
      { role: 'user', content: 'p'.repeat(labels.length) },
    ],
    tools: names.map((name) => ({ type: 'function', function: { name, description: name } })),
    temperature: 0,
    ...parameters,
  })
  const pointer = `/messages/${strings.length}/content`
  const cutList = labels.map((label, start) => ({ pointer, start, end: start + 1, label }))
  return {
    declaration: { ...DECLARATION, name: declarationName, instructions: 'any', tools: 'any', context: 'any' },
    requestBody,
    request: { cutList },
    responseBody: completionText(answer),
    output: encodeUtf8(answer),
  }
}

/** The files of a run beside its answer, as people have them; the trust policy calls the signer by a naughty name. */
export function filesOf({ run }: VerifiedRun, { answer, signerName }: NaughtyTexts): ReadonlyMap<string, Uint8Array> {
  const signers = run.trust.signers.map((signer) => ({ ...signer, name: signerName }))
  return new Map([
    ['answer.txt', encodeUtf8(answer)],
    ['answer.txt.sigstore.json', run.record],
    ['answer.txt.disclosure.json', run.disclosureFile],
    ['trust.json', formatTrustPolicy({ ...run.trust, signers })],
  ])
}
