/**
 * `colophon keys`: the keys of an issuer.
 *
 * @module
 */
import type { Command } from 'commander'
import { addKeysListCommand } from './keys-list.ts'
import { addKeysRevokeCommand } from './keys-revoke.ts'
import { addKeysRotateCommand } from './keys-rotate.ts'

export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .summary("list, replace and revoke an issuer's keys")
    .description("An issuer's keys: list, replace, revoke.")
  addKeysListCommand(keys)
  addKeysRotateCommand(keys)
  addKeysRevokeCommand(keys)
}
