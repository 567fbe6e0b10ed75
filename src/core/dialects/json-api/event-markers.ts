/**
 * How the last event of a stream begins, of an API that names its events.
 *
 * @module
 */

/** The `event` line, or the data where a server leaves that line out. The space after a colon is optional. */
export const eventMarkers = (...types: readonly string[]): readonly string[] =>
  types.flatMap((type) => [
    `event: ${type}`,
    `event:${type}`,
    `data: {"type":"${type}"`,
    `data:{"type":"${type}"`,
    `data: {"type": "${type}"`,
  ])
