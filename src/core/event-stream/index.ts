export { type MarkerScanner, markerScanner } from './marker-scanner.ts'
export { eachEvent, type StreamEvent, splitEvents } from './split-events.ts'
export { eachLine } from './split-lines.ts'
