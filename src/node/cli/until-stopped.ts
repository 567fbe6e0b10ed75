/**
 * Waiting until somebody stops a server.
 *
 * @module
 */

/** Resolves at the first SIGINT or SIGTERM; the next one ends the process at once, as ever. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
