/** D11 in full: every size where tiles of two levels fill at once, every fault twice in a row. */
import { describe } from 'vitest'
import { declareFaultTable } from './fault-table.ts'

describe('the fault table around 65,536 entries', () =>
  declareFaultTable({ sizes: [65_534, 65_535, 65_536, 65_537], count: 2 }))
