/**
 * Intended, requested and responded model, and how the three names compare.
 *
 * @module
 */
import { statusOf } from './disclosed-request.ts'
import { type SeenIntention, type SeenModel, type SeenModels, seenModels } from './models.ts'
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
      { name: 'intended', text: intentionWords(models.intended) },
      { name: 'requested', text: wordsOf(models.requested) },
      { name: 'responded', text: wordsOf(models.responded) },
    ],
    proven: proven
      ? `The names are those in declaration, request and response, recomputed from bytes that ${signer} signed for.`
      : `${signer} recorded it so, and cannot change it any more.`,
    notProven: `Which weights computed the answer: the name in it is the word of whoever answers at ${facts.endpoint}.`,
  }
}

function intentionWords(model: SeenIntention): string {
  if (!('names' in model)) return wordsOf(model)
  const names = `one of ${model.names.join(', ')}`
  return model.state === 'proven' ? names : `${names} (says the issuer)`
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
  if (intended.state === 'absent') return 'The declaration names no model.'
  if (requested.state === 'unobservable') return 'Which model was asked for cannot be told from the request.'
  const whose = statusOf(report, 'composition') === 'pass' ? '' : ', says the issuer'
  const asDeclared = facts.findings.every(({ role, finding }) => role !== 'model' || finding === 'match')
  if (asDeclared && 'names' in intended) return `The model that was asked for is one of those intended${whose}.`
  if (asDeclared) return `The model that was asked for is the one intended${whose}.`
  if (requested.state === 'absent') return `A model was intended, and none was asked for${whose}.`
  return `ANOTHER model was asked for than the one intended${whose}.`
}

function respondedSentence({ requested, responded }: SeenModels): string {
  if (responded.state === 'absent') return 'The answer names no model.'
  if (responded.state === 'unobservable') return 'Whether the answer names one cannot be told.'
  if (!('name' in requested) || !('name' in responded)) return 'Which one says that it answered is not shown.'
  if (responded.name === requested.name) return 'The model that says it answered has the name that was asked for.'
  const longer = responded.name.startsWith(requested.name) ? ', which begins with the one asked for' : ''
  return `The model that says it answered has ANOTHER name${longer}: that the one stands for the other is at most its own word.`
}
