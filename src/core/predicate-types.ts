/**
 * The predicate types of this project's statements. One constant: an address that the project owns replaces the base
 * before anything is published.
 *
 * @module
 */

const BASE = 'https://colophon'

export const PREDICATE = {
  declaration: `${BASE}/declaration/v1`,
  binding: `${BASE}/binding/v1`,
  run: `${BASE}/run/v1`,
  erasure: `${BASE}/erasure/v1`,
} as const
