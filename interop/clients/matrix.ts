/**
 * Makes the same call through every client stack, and accounts for every byte that each sends: one line for each, its
 * problems below it. Then the same through a gateway, where declarations are made from runs, and kept by the next ones.
 *
 * The last line alone is `N passed, N failed`. With `--write` the page is made anew, where nothing failed; else it has to
 * be as it would be made.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { declareAndKeep } from './declare-and-keep.ts'
import { type Examined, examine } from './examine.ts'
import { startGateway } from './gateway.ts'
import { refuseOtherHosts } from './other-hosts.ts'
import { CLIENTS_PAGE, formatClientsPage } from './page.ts'
import { startProvider } from './provider/start-provider.ts'
import { STACKS } from './stacks/index.ts'

const { values: options } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const otherHosts = refuseOtherHosts()
const provider = await startProvider()
let passed = 0
let failed = 0

const examined: Examined[] = []
for (const stack of STACKS) {
  await attempt(stack.name, async () => {
    const one = await examine(provider, stack)
    examined.push(one)
    return { name: `${stack.name} → ${[...one.paths].join(', ')}, ${one.dialect}`, problems: one.problems }
  })
}

const gateway = await startGateway(provider.address)
for (const stack of STACKS) {
  const name = `${stack.name}: the next run keeps the declaration made from one, and one without parameters does not`
  await attempt(name, async () => ({ name, problems: await declareAndKeep(provider, gateway, stack) }))
}
await gateway.close()
await provider.close()
report(
  'no client asks another host',
  [...otherHosts].map((host) => `asked: ${host}`),
)
reportPage(formatClientsPage(examined))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

interface Tried {
  readonly name: string
  readonly problems: readonly string[]
}

/** One client that fails is no reason not to try the others. */
async function attempt(name: string, check: () => Promise<Tried>): Promise<void> {
  try {
    const tried = await check()
    report(tried.name, tried.problems)
  } catch (error) {
    provider.takeExchanges()
    report(name, [String(error)])
  }
}

/** What is not as expected is not for readers. */
function reportPage(page: string): void {
  if (options.write && failed === 0) writeFileSync(CLIENTS_PAGE, page)
  const isCurrent = readFileSync(CLIENTS_PAGE, 'utf8') === page
  report('docs/clients.md says so', isCurrent ? [] : ['run: node interop/clients/matrix.ts --write'])
}

function report(name: string, problems: readonly string[]): void {
  if (problems.length === 0) passed += 1
  else failed += 1
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name}`)
  for (const problem of problems) console.log(`    ${problem}`)
}
