/**
 * Declares at a gateway.
 *
 * @module
 */
import { asFormat } from '../../core/as-format.ts'
import { decodeUtf8 } from '../../core/bytes/index.ts'
import type { DeclarationSource } from '../../core/declaration/index.ts'
import { canonicalize, parseJson, readObject } from '../../core/json/index.ts'
import { exchange, type GatewayAddress } from './exchange.ts'
import { requireDone } from './refusal.ts'

/** A declaration that is signed, logged and kept. */
export interface Declared {
  readonly id: string
  readonly name: string
  /** False where it was there already. */
  readonly isNew: boolean
}

/** @throws {ColophonError} UNAUTHORIZED, UPSTREAM_UNREACHABLE, and whatever the gateway answers */
export async function declareAt(
  gateway: GatewayAddress,
  { declaration, contents }: DeclarationSource,
): Promise<Declared> {
  const posted = {
    declaration,
    contents: contents.map(({ role, name, encoding, value }) => ({ role, name, encoding, value: decodeUtf8(value) })),
  }
  const answer = await exchange(gateway, {
    method: 'POST',
    path: '/declarations',
    headers: { 'content-type': 'application/json' },
    body: canonicalize(posted),
  })
  const body = requireDone(answer, gateway.url)
  return asFormat({ code: 'UPSTREAM_REFUSED' }, () => {
    const reader = readObject(parseJson(body), '')
    return { id: reader.hex('id', 32), name: reader.string('name'), isNew: reader.boolean('isNew') }
  })
}
