/**
 * The recorded model names against those in the bytes (`docs/spec/record.md`, "Models").
 *
 * @module
 */
import { intendedModels, recordModels } from '../composition/index.ts'
import type { ResponseCut } from '../dialects/index.ts'
import { ColophonError } from '../errors.ts'
import type { ProvenDeclaration } from './check-declaration-contents.ts'
import { type DisclosureCheck, sameJson } from './disclosure-check.ts'
import type { RecutRequest } from './recut.ts'

export async function checkModels(
  { read, sheet }: DisclosureCheck,
  proven: {
    request: RecutRequest | undefined
    response: ResponseCut | undefined
    declaration: ProvenDeclaration | undefined
  },
): Promise<void> {
  const { record, declaration } = read
  const { request, response } = proven
  const answered = record.outcome.response.state === 'received'
  const declared = declaration !== undefined
  if (
    request === undefined ||
    (answered && response === undefined) ||
    (declared && proven.declaration?.whole !== true)
  ) {
    sheet.claim('models', 'Intended, requested and responded model are as the issuer recorded them.')
    return
  }
  const [asked, answering] = [request.cut.model, response?.model]
  const differ = asked.state === 'named' && answering?.state === 'named' && asked.name !== answering.name
  const reason = `Intended, requested and responded model are recomputed; which model computed the answer is the provider’s word.${differ ? TWO_NAMES : ''}`
  await sheet.attempt('models', reason, () => {
    const models = recordModels({
      declaration: proven.declaration?.document,
      intended: intendedModels(proven.declaration?.contents ?? []),
      requested: request.cut.model,
      responded: response?.model,
    })
    if (!sameJson(models, record.model)) {
      throw new ColophonError('MODEL_MISMATCH', 'the recorded model names differ from those in the bytes')
    }
  })
}

/** An alias is reported as one, and never guessed to be the same. */
const TWO_NAMES = ' Requested and responded model are two names: that the one stands for the other is its word too.'
