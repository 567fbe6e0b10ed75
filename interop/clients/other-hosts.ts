/**
 * No client is to reach beyond this machine, be it to look a model up or to report what it is used for.
 *
 * @module
 */

/** @returns the hosts that were asked for all the same, and refused; filled as they are */
export function refuseOtherHosts(): ReadonlySet<string> {
  const hosts = new Set<string>()
  const real = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    if (hostname === '127.0.0.1') return real(input, init)
    hosts.add(hostname)
    throw new TypeError(`refused: ${hostname} is not this machine`)
  }
  return hosts
}
