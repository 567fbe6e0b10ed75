/**
 * Where a server listens.
 *
 * @module
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ColophonError } from '../../core/errors.ts'

export interface Listening {
  /** Without a path, such as `http://127.0.0.1:8471`. */
  readonly url: string
  readonly port: number
}

/** Addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.[0-9]{1,3}){3}$/.test(host)

/** @throws {ColophonError} PORT_IN_USE, ADDRESS_UNUSABLE */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const at = `${host}:${port}`
      if (cause.code === 'EADDRINUSE') reject(new ColophonError('PORT_IN_USE', `port ${port} is taken`, { at, cause }))
      else reject(new ColophonError('ADDRESS_UNUSABLE', `listening failed with ${cause.code}`, { at, cause }))
    })
    server.listen({ host, port }, resolve)
  })
  const { address, family, port: actual } = server.address() as AddressInfo
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`, port: actual }
}
