/**
 * The verifier as a page: record, answer, disclosure and trust policy go in, the report comes out. One file, opened from
 * disk; its own policy leaves it no way to the network, and what is opened in it stays in it.
 *
 * @module
 */
import { byId, element } from './element.ts'
import { FILE_KINDS, type FileKind, type GivenFile, kindOfFile } from './file-kind.ts'
import { GivenFiles } from './given-files.ts'
import { readFiles } from './read-files.ts'
import { showOutcome, showVerdict } from './show-outcome.ts'
import { verifyFiles } from './verify-files.ts'

const given = new GivenFiles()
/** Counts changes: a verdict on files that are no longer these is not shown. */
let changes = 0

async function add(files: Iterable<File>, kindOf: (file: GivenFile) => FileKind): Promise<void> {
  const problems = given.add(await readFiles(files), kindOf)
  byId('problems').replaceChildren(...problems.map((problem) => element('p', '', problem)))
  await update()
}

async function update(): Promise<void> {
  changes += 1
  const change = changes
  for (const kind of FILE_KINDS) {
    const name = given.nameOf(kind)
    byId(`${kind}-name`).replaceChildren(element('span', '', name ?? 'not opened'))
    byId(`${kind}-remove`).hidden = name === undefined
  }
  showVerdict('none', 'Verifying …')
  await nextFrame()
  const outcome = await verifyFiles(given.bytes())
  if (change === changes) showOutcome(outcome)
}

/** Lets the page be painted; verifying much takes long, and nothing is painted meanwhile. */
const nextFrame = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

function listen(input: HTMLInputElement, kindOf: (file: GivenFile) => FileKind): void {
  input.addEventListener('change', () => {
    const files = Array.from(input.files ?? [])
    // So that the same file can be chosen again, with other contents.
    input.value = ''
    void add(files, kindOf)
  })
}

const inputOf = (id: string): HTMLInputElement => byId(id) as HTMLInputElement

listen(inputOf('all-files'), kindOfFile)
for (const kind of FILE_KINDS) {
  listen(inputOf(`${kind}-file`), () => kind)
  byId(`${kind}-remove`).addEventListener('click', () => {
    given.remove(kind)
    void update()
  })
}

document.addEventListener('dragover', (event) => {
  event.preventDefault()
  document.body.classList.add('dragging')
})
document.addEventListener('dragleave', () => document.body.classList.remove('dragging'))
document.addEventListener('drop', (event) => {
  event.preventDefault()
  document.body.classList.remove('dragging')
  void add(Array.from(event.dataTransfer?.files ?? []), kindOfFile)
})

void update()
