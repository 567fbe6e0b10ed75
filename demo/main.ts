/**
 * The first five minutes: a declared run on real inference, its record, and a stranger who verifies it.
 *
 *     npm start
 *
 * Every command is the real one, in a process of its own, and has to end as it says; what is left lies in `demo-output/`.
 *
 * @module
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { perform, say, title } from './stage.ts'

const PROJECT = join(import.meta.dirname, '..')
const OUTPUT = join(PROJECT, 'demo-output')
const OPERATOR = join(OUTPUT, 'operator')
const STRANGER = join(OUTPUT, 'stranger')
const CLI = join(PROJECT, 'src', 'node', 'cli', 'main.ts')
const NO_NETWORK = join(import.meta.dirname, 'no-network.ts')
const PASSAGE = 'The library in Marlow opens at 9. The green lamp costs 42 euros.'
const QUESTION = 'How much does the green lamp cost?'
/** What a stranger is given, and nothing else. */
const HANDED_OUT = ['answer.txt', 'answer.txt.sigstore.json', 'answer.txt.disclosure.json'] as const
/** Checks that did not simply pass, and the verdict. */
const TELLING = /^(TRUSTED|VALID|INVALID)|✗|~/

interface Act {
  readonly args: readonly string[]
  readonly exitCode?: number
  readonly only?: RegExp
}

/** The operator: has keys, store and declaration. */
function operator({ args, exitCode = 0, only }: Act): string {
  const shown = `colophon ${args.map(quoted).join(' ')}`
  return perform({ shown, args: [CLI, ...args], folder: OPERATOR, exitCode, ...(only === undefined ? {} : { only }) })
}

/** The stranger: another folder, no environment, and a process in which every way to the network throws. */
function stranger({ args, exitCode = 0, only }: Act): string {
  const shown = `colophon ${args.map(quoted).join(' ')}`
  return perform({
    shown,
    args: ['--import', NO_NETWORK, CLI, ...args],
    folder: STRANGER,
    exitCode,
    environment: { PATH: '' },
    ...(only === undefined ? {} : { only }),
  })
}

const quoted = (text: string): string => (/^[\w./=-]+$/.test(text) ? text : `'${text}'`)

function changeOneByte(path: string, place: number): void {
  const bytes = readFileSync(path)
  bytes[place] = (bytes[place] as number) ^ 1
  writeFileSync(path, bytes)
}

rmSync(OUTPUT, { recursive: true, force: true })
mkdirSync(OPERATOR, { recursive: true })
mkdirSync(STRANGER)

title('1. The operator makes keys, a log and a declaration.')
operator({ args: ['init', '--name', 'Example shop'] })
operator({ args: ['declare', 'declaration.yaml'] })

title('2. A declared run: a genuine, tiny language model answers from a retrieved passage.')
writeFileSync(join(OPERATOR, 'passage.txt'), PASSAGE)
const run = ['run', 'declaration.yaml', '--context-file', 'passage.txt', '--input', QUESTION]
operator({ args: [...run, '--out', 'answer.txt'] })
say(`\n    answer.txt: ${readFileSync(join(OPERATOR, 'answer.txt'), 'utf8')}`)

title('3. A stranger gets the answer, its record and disclosure, and the trust policy. No store, no keys, no network.')
for (const name of HANDED_OUT) copyFileSync(join(OPERATOR, name), join(STRANGER, name))
for (const name of ['trust-policy.json', 'trusted-root.json', 'issuer.pub.pem']) {
  copyFileSync(join(OPERATOR, '.colophon', 'trust', name), join(STRANGER, name))
}
const verify = ['verify', 'answer.txt', '--trust', 'trust-policy.json']
stranger({ args: verify })

title('4. What exactly was that run?')
stranger({ args: ['explain', 'answer.txt', '--trust', 'trust-policy.json'] })

title('5. Without the disclosure the record is as authentic, and its composition is the issuer’s word: not green.')
stranger({ args: [...verify, '--no-disclosure'], exitCode: 5, only: TELLING })

title('6. One byte of the answer is changed.')
changeOneByte(join(STRANGER, 'answer.txt'), 4)
stranger({ args: verify, exitCode: 1, only: TELLING })
copyFileSync(join(OPERATOR, 'answer.txt'), join(STRANGER, 'answer.txt'))

title('7. One byte of the record is changed.')
changeOneByte(join(STRANGER, 'answer.txt.sigstore.json'), 2000)
stranger({ args: verify, exitCode: 1, only: TELLING })
copyFileSync(join(OPERATOR, 'answer.txt.sigstore.json'), join(STRANGER, 'answer.txt.sigstore.json'))

title('8. The system prompt is edited: another declaration, another answer, and `diff` names what changed.')
const declaration = readFileSync(join(OPERATOR, 'declaration.yaml'), 'utf8')
const pirate = declaration.replace('Answer politely and thank the customer.', 'Answer like a pirate.')
writeFileSync(join(OPERATOR, 'pirate.yaml'), pirate)
operator({ args: ['run', 'pirate.yaml', ...run.slice(2), '--out', 'pirate.txt'] })
say(`\n    pirate.txt: ${readFileSync(join(OPERATOR, 'pirate.txt'), 'utf8')}`)
operator({ args: ['diff', 'answer.txt', 'pirate.txt'], exitCode: 1 })

title('9. The same record, verified by @sigstore/verify and none of Colophon’s code.')
const stock = ['answer.txt', 'answer.txt.sigstore.json', 'trusted-root.json', 'issuer.pub.pem']
perform({
  shown: `node verify-with-sigstore.ts ${stock.join(' ')}`,
  args: ['--import', NO_NETWORK, join(import.meta.dirname, 'verify-with-sigstore.ts'), ...stock],
  folder: STRANGER,
  exitCode: 0,
  environment: { PATH: '' },
})

title('Everything ended as it should.')
say(`
  What is left to look at:   demo-output/operator  (keys, store, declarations)
                             demo-output/stranger  (all that the stranger had)
  Verify it yourself:        cd demo-output/stranger
                             npx colophon verify answer.txt --trust trust-policy.json
  In front of your own app:  npx colophon up --upstream https://api.openai.com --dir demo-output/operator/.colophon
  Who vouches for what:      docs/spec/verdicts.md
`)
