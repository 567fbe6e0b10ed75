/**
 * The doctor: looks at everything, changes nothing, calls nobody but a gateway that it was told of.
 *
 * @module
 */
import { stat } from 'node:fs/promises'
import { openWorkspace, type Workspace } from '../workspace/index.ts'
import { checkDisk } from './check-disk.ts'
import { checkGateway } from './check-gateway.ts'
import { checkKeys, checkKeyValidity } from './check-keys.ts'
import { checkLeftovers } from './check-leftovers.ts'
import { checkDurability, checkNode, checkSqlite } from './check-machine.ts'
import { checkPermissions } from './check-permissions.ts'
import { checkStore } from './check-store.ts'
import { DOCTOR_CHECKS, type Finding, notChecked, ok, problemOf } from './finding.ts'

export interface ExamineOptions {
  /** The issuer's folder; where there is none, only the machine is looked at. */
  readonly folder: string
  /** A gateway that should be somewhere. */
  readonly gateway: string | undefined
  readonly nowMs: number
}

/**
 * One finding for each of `DOCTOR_CHECKS`, in that order.
 *
 * @throws {ColophonError} USAGE  the gateway's address is not a plain one
 */
export async function examine({ folder, gateway, nowMs }: ExamineOptions): Promise<readonly Finding[]> {
  const gatewayFinding = await checkGateway(gateway)
  const sqlite = await checkSqlite()
  const opened = await openFolder(folder)
  const findings = [
    checkNode(),
    sqlite,
    await checkDurability(sqlite),
    opened.finding,
    ...(opened.workspace === undefined ? [] : await examineFolder(opened.workspace, { sqlite, nowMs })),
    gatewayFinding,
    notChecked('upstream', 'No upstream was called: what it would answer costs, and is a run.'),
  ]
  const why =
    opened.finding.status === 'problem' ? "The issuer's folder cannot be opened." : "There is no issuer's folder."
  return DOCTOR_CHECKS.map((id) => findings.find((finding) => finding.id === id) ?? notChecked(id, why))
}

interface OpenedFolder {
  readonly finding: Finding
  readonly workspace?: Workspace
}

/** A folder that is not there is no problem: whoever only verifies has none. */
async function openFolder(folder: string): Promise<OpenedFolder> {
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    const todo = 'To sign, make one: colophon init; or name one: --dir FOLDER. To verify, none is needed.'
    return { finding: notChecked('folder', `There is no folder ${folder}.`, todo) }
  }
  try {
    const workspace = await openWorkspace(folder)
    return {
      finding: ok('folder', `The issuer is ${workspace.config.signer}, with the log ${workspace.config.origin}.`),
      workspace,
    }
  } catch (error) {
    return { finding: problemOf('folder', error) }
  }
}

async function examineFolder(
  workspace: Workspace,
  { sqlite, nowMs }: { readonly sqlite: Finding; readonly nowMs: number },
): Promise<readonly Finding[]> {
  const { paths, config } = workspace
  const keys = await checkKeys(workspace)
  const store =
    sqlite.status === 'ok' ? await checkStore(paths, { signer: keys.checkpointSigner, nowMs }) : UNREAD_STORE
  const validity = { origin: config.origin, logSize: store.logSize, nowMs, at: paths.trustPolicy }
  return [
    await checkPermissions(paths),
    ...keys.findings,
    await checkLeftovers(paths),
    ...(await checkDisk(paths)),
    ...store.findings,
    checkKeyValidity(keys, validity),
  ]
}

const UNREAD_STORE = {
  findings: (['journal', 'log', 'clock'] as const).map((id) => notChecked(id, 'This SQLite is not used for a store.')),
  logSize: undefined,
}
