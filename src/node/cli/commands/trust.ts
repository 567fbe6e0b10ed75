/**
 * `colophon trust`: trust policies.
 *
 * @module
 */
import type { Command } from 'commander'
import { addTrustAddCommand } from './trust-add.ts'
import { addTrustRemoveCommand } from './trust-remove.ts'
import { addTrustShowCommand } from './trust-show.ts'

export function addTrustCommand(program: Command): void {
  const trust = program
    .command('trust')
    .summary('show and change whom a trust policy names')
    .description('Trust policies: whom a verifier believes.')
  addTrustShowCommand(trust)
  addTrustAddCommand(trust)
  addTrustRemoveCommand(trust)
}
