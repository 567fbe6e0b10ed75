/**
 * Intended, requested and responded model, and how the three names compare.
 *
 * @module
 */
import { statusOf } from './disclosed-request.ts'
import { type SeenModel, type SeenModels, seenModels } from './models.ts'
import { QUESTIONS, type Section, type View } from './section.ts'

export function explainModel(view: View): Section {
  const { report, facts, signer } = view
  const models = seenModels(view)
  const proven = statusOf(report, 'models') === 'pass'
  return {
    id: 'model',
    question: QUESTIONS.model,
    // The names can be proven; that they name what computed the answer is somebody's word at best.
    standing: 'claimed',
    answer: `${requestedSentence(view, models)} ${respondedSentence(models)}`,
    items: [
      { name: 'intended', text: wordsOf(models.intended) },
      { name: 'requested', text: wordsOf(models.requested) },
      { name: 'responded', text: wordsOf(models.responded) },
    ],
    proven: proven
      ? `The names are those in declaration, request and response, recomputed from bytes that ${signer} signed for.`
      : `${signer} recorded it so, and cannot change it any more.`,
    notProven: `Which weights computed the answer: the name in it is the word of whoever answers at ${facts.endpoint}.`,
  }
}

function wordsOf(model: SeenModel): string {
  switch (model.state) {
    case 'proven':
      return model.name
    case 'claimed':
      return `${model.name} (says the issuer)`
    case 'withheld':
      return '(there is one; the record does not show it)'
    case 'absent':
      return '(none)'
    case 'unobservable':
      return '(cannot be told: no dialect reads it)'
  }
}

function requestedSentence({ report, facts }: View, { intended, requested }: SeenModels): string {
  if (facts.declaration === undefined) return 'No model was declared.'
  if (intended.state === 'absent') return 'The declaration fixes no model.'
  if (requested.state === 'unobservable') return 'Which model was asked for cannot be told from the request.'
  const whose = statusOf(report, 'composition') === 'pass' ? '' : ', says the issuer'
  const asDeclared = facts.findings.every(({ role, finding }) => role !== 'model' || finding === 'match')
  if (asDeclared) return `The model that was asked for is the one intended${whose}.`
  if (requested.state === 'absent') return `A model was intended, and none was asked for${whose}.`
  return `ANOTHER model was asked for than the one intended${whose}.`
}

function respondedSentence({ requested, responded }: SeenModels): string {
  if (responded.state === 'absent') return 'The answer names no model.'
  if (responded.state === 'unobservable') return 'Whether the answer names one cannot be told.'
  if (!('name' in requested) || !('name' in responded)) return 'Which one says that it answered is not shown.'
  if (responded.name === requested.name) return 'The model that says it answered has the same name.'
  if (responded.name.startsWith(requested.name)) {
    return 'The model that says it answered has a longer name that begins with it: a version of it, by its own word.'
  }
  return 'The model that says it answered has ANOTHER name.'
}
