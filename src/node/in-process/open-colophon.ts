/**
 * Colophon inside an application: one line for clients that take a `fetch`.
 *
 *     const colophon = await openColophon({ declaration: 'declaration.yaml' })
 *     const client = new OpenAI({ fetch: colophon.fetch })
 *     const answer = await colophon.withContext(passages, () => client.chat.completions.create({ … }))
 *
 * The application holds the key, so every record says `signerControlsApplication`, and a trust policy may refuse that.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { NamedPassage } from '../../core/passages/index.ts'
import { declare, type SealedRun } from '../../web/capture/index.ts'
import { capturingFetch, type Fetch } from '../../web/fetch/index.ts'
import { readDeclarationFile } from '../declaration-file/index.ts'
import { IN_PROCESS } from '../issuer/index.ts'
import { openWorkspace, openWorkspaceIssuer } from '../workspace/index.ts'

export interface ColophonOptions {
  /** The issuer's folder, as `colophon init` makes it; `.colophon` unless told. */
  readonly dir?: string
  /** A declaration file that runs are bound to; without it they are bound to none. */
  readonly declaration?: string
}

export interface Colophon {
  /** For clients: `new OpenAI({ fetch })`. Resolves once the run is bound, in the log and durable. */
  readonly fetch: Fetch
  /**
   * Names the passages of every request that `work` makes, however deep inside: they are looked for in its bytes, and
   * become context of their own. What is not found is recorded as missing.
   */
  withContext<T>(passages: readonly NamedPassage[], work: () => T): T
  /**
   * The run of an answer, once it was read to its end.
   *
   * @param response  as `fetch` gave it
   * @throws {ColophonError} (rejects) STORE_FAILED, LOG_BUSY, RUN_NOT_RECORDED
   */
  recordOf(response: Response): Promise<SealedRun> | undefined
  /** Lets what waits be written, then closes the store. No run may begin after it. */
  close(): Promise<void>
}

/** @throws {ColophonError} STORE_*, CONFIG_MALFORMED, KEY_*, DECLARATION_*, LOG_*, CLOCK_BEHIND, SQLITE_TOO_OLD */
export async function openColophon({ dir = '.colophon', declaration }: ColophonOptions = {}): Promise<Colophon> {
  const source = declaration === undefined ? undefined : await readDeclarationFile(declaration)
  const issuer = await openWorkspaceIssuer(await openWorkspace(dir), IN_PROCESS)
  try {
    const declarationId = source === undefined ? undefined : (await declare({ ...issuer, source })).row.id
    const context = new AsyncLocalStorage<readonly NamedPassage[]>()
    const { fetch, recordOf } = capturingFetch({
      recorder: issuer.recorder,
      fetch: globalThis.fetch,
      declarationId,
      passages: () => context.getStore() ?? [],
    })
    return {
      fetch,
      recordOf,
      withContext: (passages, work) => context.run(passages, work),
      close: () => issuer.close(),
    }
  } catch (error) {
    await issuer.close()
    throw error
  }
}
