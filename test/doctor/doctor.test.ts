/**
 * The doctor through the real command line: every planted fault is named with its code, and nothing is changed.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { DOCTOR_CHECKS, type DoctorCheck, type FindingStatus } from '../../src/node/doctor/index.ts'
import { type CommandBatch, startCommandBatch } from '../support/command-batch.ts'
import { startColophon } from '../support/command-line.ts'
import { type IssuerFolder, listingOf, makeIssuerFolder, PROMPT_CANARY } from '../support/issuer-folder.ts'

let commands: CommandBatch
let issuers: IssuerFolder

beforeAll(async () => {
  commands = await startCommandBatch()
  issuers = await makeIssuerFolder(commands)
})

afterAll(() => {
  commands.close()
  issuers.remove()
})

interface Checked {
  readonly id: DoctorCheck
  readonly status: FindingStatus
  readonly says: string
  readonly code: string | null
  readonly at: string | null
  readonly todo: string | null
}

interface Examined {
  readonly exitCode: number
  readonly checks: readonly Checked[]
  /** `id status code`, of all that is neither ok nor unchecked. */
  readonly faults: readonly string[]
  readonly of: (id: DoctorCheck) => Checked
}

/** Also asserts what holds of every examination. */
async function examine(folder: string, ...words: string[]): Promise<Examined> {
  const before = listingOf(folder)
  const { exitCode, stdout, stderr } = await commands.run(['doctor', '--json', ...words], { folder })
  expect(listingOf(folder)).toEqual(before)
  expect(stderr).toBe('')
  expect(stdout).not.toContain(PROMPT_CANARY)
  const { ok, problems, warnings, checks } = JSON.parse(stdout) as {
    ok: boolean
    problems: number
    warnings: number
    checks: Checked[]
  }
  expect(checks.map(({ id }) => id)).toEqual(DOCTOR_CHECKS)
  const counted = (status: FindingStatus): number => checks.filter((check) => check.status === status).length
  expect({ ok, problems, warnings, exitCode }).toEqual({
    ok: problems === 0,
    problems: counted('problem'),
    warnings: counted('warning'),
    exitCode: problems === 0 ? 0 : 6,
  })
  return {
    exitCode,
    checks,
    faults: checks
      .filter(({ status }) => status === 'problem' || status === 'warning')
      .map(({ id, status, code }) => `${id} ${status} ${code}`),
    of: (id) => checks.find((check) => check.id === id) as Checked,
  }
}

const inFolder = (folder: string, ...names: string[]): string => join(folder, '.colophon', ...names)

const edit = (path: string, change: (text: string) => string): void => {
  const text = readFileSync(path, 'utf8')
  const changed = change(text)
  expect(changed).not.toBe(text)
  writeFileSync(path, changed)
}

const exec = (path: string, sql: string): void => {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

const newKey = (kind: 'issuer' | 'log'): string => {
  const { privateKey } =
    kind === 'log' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

test('an issuer in order', async () => {
  const found = await examine(issuers.copy())
  expect(found.exitCode).toBe(0)
  expect(found.checks.filter(({ status }) => status !== 'ok').map(({ id, status }) => [id, status])).toEqual([
    ['gateway', 'notChecked'],
    ['upstream', 'notChecked'],
  ])
  expect(found.of('log').says).toContain('3 entries agree')
})

test('for people it says the same, and what to do', async () => {
  const folder = issuers.copy()
  chmodSync(inFolder(folder, 'token'), 0o604)
  unlinkSync(inFolder(folder, 'store.sqlite'))
  const { checks } = await examine(folder)
  const { exitCode, stdout, stderr } = await commands.run(['doctor'], { folder })
  expect({ exitCode, stderr, headline: stdout.split('\n')[0] }).toEqual({
    exitCode: 6,
    stderr: '',
    headline: '3 PROBLEMS',
  })
  for (const { says, code, at, todo } of checks.filter(({ status }) => status === 'problem')) {
    expect(stdout).toContain(says)
    expect(stdout).toContain(`${code}, at ${at}`)
    expect(stdout).toContain(`What to do: ${todo}`)
  }
})

test('without an issuer only the machine is looked at, and that is no problem', async () => {
  const found = await examine(issuers.copy(), '--dir', 'elsewhere')
  expect(found.exitCode).toBe(0)
  expect(found.of('sqlite').status).toBe('ok')
  expect(found.of('durability').status).toBe('ok')
  expect(found.checks.filter(({ status }) => status === 'ok')).toHaveLength(3)
})

/** A new valid of the issuer's key in the trust policy. */
const validity = (valid: unknown) => (folder: string) =>
  edit(inFolder(folder, 'trust', 'trust-policy.json'), (text) =>
    text.replace(/"valid": ?"always"/, `"valid":${JSON.stringify(valid)}`),
  )

const PLANTED: readonly (readonly [what: string, plant: (folder: string) => void, faults: readonly string[]])[] = [
  ['no config.json', (folder) => unlinkSync(inFolder(folder, 'config.json')), ['folder problem STORE_MISSING']],
  [
    'a config.json that is not strict JSON',
    (folder) => edit(inFolder(folder, 'config.json'), (text) => `\ufeff${text}`),
    ['folder problem CONFIG_MALFORMED'],
  ],
  [
    'a key that the group can read',
    (folder) => chmodSync(inFolder(folder, 'keys', 'issuer.pem'), 0o640),
    ['permissions problem KEY_PERMISSIONS', 'issuerKey problem KEY_PERMISSIONS'],
  ],
  [
    'a token that others can read',
    (folder) => chmodSync(inFolder(folder, 'token'), 0o604),
    ['permissions problem KEY_PERMISSIONS', 'token problem KEY_PERMISSIONS'],
  ],
  ['an empty token', (folder) => truncateSync(inFolder(folder, 'token')), ['token problem KEY_MALFORMED']],
  [
    'a store that others can reach and read',
    (folder) => {
      chmodSync(inFolder(folder), 0o755)
      chmodSync(inFolder(folder, 'store.sqlite'), 0o644)
    },
    ['permissions warning FILE_PERMISSIONS'],
  ],
  [
    'a folder that others can look into',
    (folder) => chmodSync(inFolder(folder), 0o755),
    ['permissions warning FILE_PERMISSIONS'],
  ],
  [
    'another issuer key than the trust policy has',
    (folder) => writeFileSync(inFolder(folder, 'keys', 'issuer.pem'), newKey('issuer')),
    ['issuerKey problem KEY_NOT_TRUSTED', 'trustedRoot problem TRUST_FILE_MISMATCH'],
  ],
  [
    'a rotation that was not finished',
    (folder) => writeFileSync(inFolder(folder, 'keys', 'issuer.next.pem'), newKey('issuer'), { mode: 0o600 }),
    ['issuerKey problem KEY_ROTATING'],
  ],
  [
    'another log key',
    (folder) => writeFileSync(inFolder(folder, 'keys', 'log.pem'), newKey('log')),
    ['logKey problem LOG_NOT_TRUSTED', 'trustedRoot problem TRUST_FILE_MISMATCH', 'log problem LOG_HEAD_FOREIGN'],
  ],
  [
    'a log key that is none',
    (folder) => writeFileSync(inFolder(folder, 'keys', 'log.pem'), 'none'),
    ['logKey problem KEY_MALFORMED'],
  ],
  [
    'an issuer key of the wrong kind',
    (folder) => writeFileSync(inFolder(folder, 'keys', 'issuer.pem'), newKey('log')),
    ['issuerKey problem KEY_MALFORMED'],
  ],
  [
    'a trust policy that is none',
    (folder) => writeFileSync(inFolder(folder, 'trust', 'trust-policy.json'), '{}'),
    ['trustPolicy problem TRUST_POLICY_MALFORMED'],
  ],
  [
    'a trust policy that has the key revoked',
    validity({ from: 'any', until: { log: 'log.example-host', size: 3 }, because: 'revoked' }),
    ['keyValidity problem KEY_REVOKED'],
  ],
  [
    'a trust policy that has the key rotated away',
    validity({ from: 'any', until: { time: '2020-01-01T00:00:00.000Z' }, because: 'rotated' }),
    ['keyValidity problem KEY_OUTSIDE_VALIDITY'],
  ],
  [
    'a trust policy that bounds the key by a time, without a witness',
    validity({ from: { time: '2020-01-01T00:00:00.000Z' }, until: 'any', because: 'rotated' }),
    ['keyValidity warning TRUSTED_TIME_MISSING'],
  ],
  [
    'a trusted root of another log',
    (folder) =>
      edit(inFolder(folder, 'trust', 'trusted-root.json'), (text) => text.replace('https://log.', 'https://lug.')),
    ['trustedRoot problem TRUST_FILE_MISMATCH'],
  ],
  [
    'a trusted root that is not JSON',
    (folder) => writeFileSync(inFolder(folder, 'trust', 'trusted-root.json'), '{'),
    ['trustedRoot problem JSON_MALFORMED'],
  ],
  [
    'no public key beside it',
    (folder) => unlinkSync(inFolder(folder, 'trust', 'issuer.pub.pem')),
    ['trustedRoot problem FILE_UNREADABLE'],
  ],
  [
    'pipes in place of files',
    (folder) => {
      for (const path of ['store.sqlite', 'token', 'trust/trust-policy.json', 'trust/trusted-root.json']) {
        unlinkSync(inFolder(folder, path))
        execFileSync('mkfifo', ['-m', '600', inFolder(folder, path)])
      }
    },
    [
      'token problem FILE_UNREADABLE',
      'trustPolicy problem FILE_UNREADABLE',
      'trustedRoot problem FILE_UNREADABLE',
      'journal problem STORE_DAMAGED',
      'log problem STORE_FAILED',
    ],
  ],
  ['no store', (folder) => unlinkSync(inFolder(folder, 'store.sqlite')), ['log problem STORE_MISSING']],
  [
    'a store that is none',
    (folder) => writeFileSync(inFolder(folder, 'store.sqlite'), 'x'.repeat(5000)),
    ['journal problem STORE_DAMAGED', 'log problem STORE_DAMAGED'],
  ],
  [
    'a folder in the place of the store',
    (folder) => {
      unlinkSync(inFolder(folder, 'store.sqlite'))
      mkdirSync(inFolder(folder, 'store.sqlite'))
    },
    ['journal problem STORE_DAMAGED', 'log problem STORE_FAILED'],
  ],
  [
    'a changed entry',
    (folder) => exec(inFolder(folder, 'store.sqlite'), "update log_entry set entry = x'00' where log_index = 2"),
    ['log problem STORE_DAMAGED'],
  ],
  [
    'a missing tile',
    (folder) => exec(inFolder(folder, 'store.sqlite'), 'delete from log_tile'),
    ['log problem STORE_DAMAGED'],
  ],
  [
    'a store of a later version',
    (folder) => exec(inFolder(folder, 'store.sqlite'), 'pragma user_version = 99'),
    ['log problem VERSION_UNSUPPORTED'],
  ],
  [
    'a store in another journal mode',
    (folder) => exec(inFolder(folder, 'store.sqlite'), 'pragma journal_mode = delete'),
    ['journal problem STORE_DAMAGED'],
  ],
  ['no head store', (folder) => unlinkSync(inFolder(folder, 'head.sqlite')), ['log problem LOG_HEAD_MISSING']],
  [
    'a head store that remembers nothing',
    (folder) =>
      exec(inFolder(folder, 'head.sqlite'), 'update last_checkpoint set checkpoint = null, signed_at_ms = null'),
    ['log problem LOG_HEAD_MISSING'],
  ],
  [
    'a clock behind the last checkpoint',
    (folder) => exec(inFolder(folder, 'head.sqlite'), 'update last_checkpoint set signed_at_ms = 4102444800000'),
    ['clock problem CLOCK_BEHIND'],
  ],
  [
    'what killed commands left',
    (folder) => {
      writeFileSync(join(folder, '.answer.txt.0123456789abcdef.tmp'), '')
      mkdirSync(join(folder, '.colophon.0123456789ab.tmp'))
    },
    ['leftovers warning LEFTOVER_FILE'],
  ],
]

test.each(PLANTED)('%s', async (_, plant, faults) => {
  const folder = issuers.copy()
  plant(folder)
  expect((await examine(folder)).faults).toEqual(faults)
})

describe('store and head store', () => {
  /** Of one issuer, before and after one more run. */
  async function twoMoments(): Promise<{ folder: string; older: string }> {
    const folder = issuers.copy()
    const older = join(folder, 'older')
    mkdirSync(older)
    for (const name of ['store.sqlite', 'head.sqlite']) copyFileSync(inFolder(folder, name), join(older, name))
    const words = ['run', 'declaration.yaml', '--context', 'x', '--input', 'y', '--out', 'second.txt']
    expect((await commands.run(words, { folder })).exitCode).toBe(0)
    return { folder, older }
  }

  test('an older copy of the store', async () => {
    const { folder, older } = await twoMoments()
    copyFileSync(join(older, 'store.sqlite'), inFolder(folder, 'store.sqlite'))
    expect((await examine(folder)).faults).toEqual(['log problem LOG_ROLLED_BACK'])
  })

  test('an older copy of the head store', async () => {
    const { folder, older } = await twoMoments()
    copyFileSync(join(older, 'head.sqlite'), inFolder(folder, 'head.sqlite'))
    expect((await examine(folder)).faults).toEqual(['log problem LOG_HEAD_BEHIND'])
  })

  test('two trees', async () => {
    const { folder, older } = await twoMoments()
    const fork = issuers.copy()
    const words = ['run', 'declaration.yaml', '--context', 'p', '--input', 'q', '--out', 'other.txt']
    expect((await commands.run(words, { folder: fork })).exitCode).toBe(0)
    copyFileSync(inFolder(fork, 'store.sqlite'), inFolder(folder, 'store.sqlite'))
    expect((await examine(folder)).faults).toEqual(['log problem LOG_FORKED'])
    expect(existsSync(older)).toBe(true)
  })

  test('a crash between the two is in order, and is left as it is', async () => {
    const folder = issuers.copy()
    const previous = 'select previous from log_head'
    const path = inFolder(folder, 'head.sqlite')
    exec(
      path,
      `attach '${inFolder(folder, 'store.sqlite')}' as store; update last_checkpoint set checkpoint = (${previous})`,
    )
    const found = await examine(folder)
    expect(found.faults).toEqual([])
    expect(found.of('log').says).toContain('one commit behind')
  })

  test('a store whose process was killed is read with what its journal holds, which stays', async () => {
    const folder = issuers.copy()
    const path = inFolder(folder, 'store.sqlite')
    const open = new DatabaseSync(path)
    open.exec("pragma wal_autocheckpoint = 0; update log_entry set entry = x'00' where log_index = 2")
    for (const ending of ['', '-wal']) copyFileSync(path + ending, join(folder, `killed${ending}`))
    open.close()
    rmSync(`${path}-shm`, { force: true })
    for (const ending of ['', '-wal']) copyFileSync(join(folder, `killed${ending}`), path + ending)
    expect((await examine(folder)).faults).toEqual(['log problem STORE_DAMAGED'])
    rmSync(`${path}-wal`)
    expect((await examine(folder)).faults).toEqual([])
  })
})

describe('a gateway', () => {
  test('one that runs answers, and its store is left alone', async () => {
    const folder = issuers.copy()
    const { ready } = await startColophon(['up', '--upstream', 'http://127.0.0.1:9', '--port', '0'], { folder })
    const { stdout } = await commands.run(['doctor', '--json', '--gateway', ready.url], { folder })
    const checks = JSON.parse(stdout).checks as Checked[]
    expect(checks.filter(({ status }) => status === 'problem' || status === 'warning')).toEqual([])
    expect(checks.find(({ id }) => id === 'gateway')?.status).toBe('ok')
    const log = checks.find(({ id }) => id === 'log')
    expect(log?.status).toBe('notChecked')
    expect(log?.says).toMatch(/process [1-9][0-9]* has the (head )?store open/)
  })

  test.each([
    ['another server', 200, '<html>', 'problem PORT_IN_USE'],
    ['a gateway that cannot read its store', 503, '{"code":"STORE_DAMAGED","status":503}', 'problem STORE_FAILED'],
  ])('%s', async (_, status, body, fault) => {
    const server = createServer((_request, response) => void response.writeHead(status).end(body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const found = await examine(issuers.copy(), '--gateway', `http://127.0.0.1:${port}`)
    expect(found.faults).toEqual([`gateway ${fault}`])
  })

  test('none, where one could be started', async () => {
    const found = await examine(issuers.copy(), '--gateway', 'http://127.0.0.1:9')
    expect(found.faults).toEqual(['gateway warning UPSTREAM_UNREACHABLE'])
    expect(found.of('gateway').says).toContain('the port is free')
  })
})
