/**
 * The folder of an issuer, `.colophon`:
 *
 *     config.json              what this issuer is
 *     token                    opens what a gateway keeps to itself; secret
 *     keys/issuer.pem          signs declarations, bindings and records; secret
 *     keys/issuer.next.pem     only while the issuer's key is being replaced: the new one; secret
 *     keys/log.pem             signs the log's checkpoints; secret
 *     store.sqlite             log, declarations and runs, prompts included; secret
 *     head.sqlite              the last checkpoint that the log signed; `head` in config.json may put it on another disk
 *     trust/                   to hand out: what a verifier needs to trust this issuer, if it wants to
 *       trust-policy.json        for `colophon verify`
 *       trusted-root.json        for stock Sigstore clients, with
 *       issuer.pub.pem           the issuer's public key
 *     .gitignore               keeps all but trust/ out of repositories
 *
 * @module
 */
import { isAbsolute, join } from 'node:path'

export interface WorkspacePaths {
  readonly folder: string
  readonly config: string
  readonly token: string
  readonly issuerKey: string
  readonly nextIssuerKey: string
  readonly logKey: string
  readonly store: string
  readonly head: string
  readonly trustPolicy: string
  readonly trustedRoot: string
  readonly issuerPublicKey: string
  readonly gitignore: string
}

/** The head store of a new issuer, in its folder. */
export const HEAD_FILE = 'head.sqlite'

/** @param head  as the configuration names it */
export function workspacePaths(folder: string, head: string = HEAD_FILE): WorkspacePaths {
  return {
    folder,
    config: join(folder, 'config.json'),
    token: join(folder, 'token'),
    issuerKey: join(folder, 'keys', 'issuer.pem'),
    nextIssuerKey: join(folder, 'keys', 'issuer.next.pem'),
    logKey: join(folder, 'keys', 'log.pem'),
    store: join(folder, 'store.sqlite'),
    head: isAbsolute(head) ? head : join(folder, head),
    trustPolicy: join(folder, 'trust', 'trust-policy.json'),
    trustedRoot: join(folder, 'trust', 'trusted-root.json'),
    issuerPublicKey: join(folder, 'trust', 'issuer.pub.pem'),
    gitignore: join(folder, '.gitignore'),
  }
}
