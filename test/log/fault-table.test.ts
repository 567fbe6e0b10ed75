/** D11, D15: around the first full tile, and where tiles of two levels fill at once. */
import { describe } from 'vitest'
import { declareFaultTable } from './fault-table.ts'

describe('the fault table around 256 entries', () => declareFaultTable({ sizes: [254, 255, 256, 257], count: 2 }))
describe('the fault table around 65,536 entries', () => declareFaultTable({ sizes: [65_535, 65_536], count: 1 }))
