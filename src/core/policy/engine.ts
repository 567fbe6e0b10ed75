/**
 * What evaluated a policy. It stands in the record, so that a verifier knows whether it can evaluate the same way.
 *
 * @module
 */

export interface PolicyEngine {
  readonly name: string
  readonly version: string
  /** Version of the facts and bounds of `docs/spec/policy.md`. */
  readonly facts: string
}

export const POLICY_ENGINE: PolicyEngine = { name: '@marcbachmann/cel-js', version: '8.0.0', facts: 'facts/1' }

/** Another engine may decide otherwise at the edges, so its results are not compared with ours. */
export const isOwnEngine = ({ name, version, facts }: PolicyEngine): boolean =>
  name === POLICY_ENGINE.name && version === POLICY_ENGINE.version && facts === POLICY_ENGINE.facts
