/**
 * Which token goes to which gateway.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import type { GatewayAddress } from '../gateway-client/index.ts'
import { isLoopback } from '../http/index.ts'
import { openWorkspace, readToken } from '../workspace/index.ts'

/** COLOPHON_TOKEN; else, for a gateway on this machine only, the folder's own. Nobody else's gateway gets that. */
export async function gatewayAddress(url: string, { folder }: { readonly folder: string }): Promise<GatewayAddress> {
  const token = process.env['COLOPHON_TOKEN']
  if (token !== undefined && token !== '') return { url, token }
  const host = URL.parse(url)?.hostname.replace(/^\[|\]$/g, '')
  if (host === undefined || !isLoopback(host)) return { url, token: undefined }
  try {
    return { url, token: await readToken(await openWorkspace(folder)) }
  } catch (error) {
    if (ColophonError.is(error, 'STORE_MISSING')) return { url, token: undefined }
    throw error
  }
}
