/**
 * Where two sequences differ: the fewest elements to take out and put in.
 *
 * Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), forward, with every round kept for the way back. Its
 * work grows with the differences times the length, so it is bounded by a budget that all comparisons of a call share.
 *
 * @module
 */

/** `left` from `leftStart` to `leftEnd` stands where `right` has what is from `rightStart` to `rightEnd`. */
export interface Hunk {
  readonly leftStart: number
  readonly leftEnd: number
  readonly rightStart: number
  readonly rightEnd: number
}

/** Comparisons that may still be made. Used up as they are. */
export interface WorkBudget {
  remaining: number
}

/** Rounds are kept, and each is larger than the one before: 1,000 of them have 4 MB. */
const MAX_EDITS = 1_000

/** In order, none touching another; undefined where finding them would take more than there is. */
export function findHunks(
  sides: { readonly left: readonly string[]; readonly right: readonly string[] },
  budget: WorkBudget,
): readonly Hunk[] | undefined {
  const { left, right } = numberElements(sides)
  const rounds = findRounds(left, right, budget)
  return rounds === undefined ? undefined : hunksOf(markEdits(left, right, rounds))
}

interface Numbered {
  readonly left: Int32Array
  readonly right: Int32Array
}

/** The same element has the same number, so that long ones are compared once. */
function numberElements({ left, right }: { left: readonly string[]; right: readonly string[] }): Numbered {
  const numbers = new Map<string, number>()
  const numberOf = (element: string): number => {
    const known = numbers.get(element) ?? numbers.size
    numbers.set(element, known)
    return known
  }
  return { left: Int32Array.from(left, numberOf), right: Int32Array.from(right, numberOf) }
}

/**
 * For each number of edits how far along `left` each diagonal gets: element `edits + k` of a round is that of diagonal k,
 * which is place in `left` less place in `right`.
 */
type Rounds = readonly Int32Array[]

function findRounds(left: Int32Array, right: Int32Array, budget: WorkBudget): Rounds | undefined {
  if (Math.abs(left.length - right.length) > MAX_EDITS) return undefined
  const rounds: Int32Array[] = []
  for (let edits = 0; edits <= MAX_EDITS; edits++) {
    const before = rounds[edits - 1]
    const round = new Int32Array(2 * edits + 1)
    rounds.push(round)
    budget.remaining -= edits
    for (let k = -edits; k <= edits; k += 2) {
      const start = before === undefined ? 0 : stepFrom(before, edits, k).x
      let x = start
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) x++
      budget.remaining -= x - start
      round[edits + k] = x
      if (x >= left.length && x - k >= right.length) return rounds
    }
    if (budget.remaining < 0) return undefined
  }
  return undefined
}

/** How diagonal k is reached with one edit more: from the one above by putting in, or from the one below by taking out. */
function stepFrom(before: Int32Array, edits: number, k: number): { readonly x: number; readonly isInsertion: boolean } {
  const at = edits - 1 + k
  const below = before[at - 1] ?? -1
  const above = before[at + 1] ?? -1
  const isInsertion = k === -edits || (k !== edits && below < above)
  return { x: isInsertion ? above : below + 1, isInsertion }
}

interface MarkedEdits {
  /** 1 where the element is taken out. */
  readonly removed: Uint8Array
  /** 1 where the element is put in. */
  readonly added: Uint8Array
}

function markEdits(left: Int32Array, right: Int32Array, rounds: Rounds): MarkedEdits {
  const marks = { removed: new Uint8Array(left.length), added: new Uint8Array(right.length) }
  let k = left.length - right.length
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const { x, isInsertion } = stepFrom(rounds[edits - 1] as Int32Array, edits, k)
    if (isInsertion) marks.added[x - k - 1] = 1
    else marks.removed[x - 1] = 1
    k += isInsertion ? 1 : -1
  }
  return marks
}

function hunksOf({ removed, added }: MarkedEdits): readonly Hunk[] {
  const hunks: Hunk[] = []
  let [left, right] = [0, 0]
  while (left < removed.length || right < added.length) {
    const [leftStart, rightStart] = [left, right]
    while (removed[left] === 1) left++
    while (added[right] === 1) right++
    if (left === leftStart && right === rightStart) {
      left++
      right++
    } else hunks.push({ leftStart, leftEnd: left, rightStart, rightEnd: right })
  }
  return hunks
}
