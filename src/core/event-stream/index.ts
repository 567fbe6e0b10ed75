export { type MarkerScanner, markerScanner } from './marker-scanner.ts'
export { type StreamEvent, splitEvents } from './split-events.ts'
