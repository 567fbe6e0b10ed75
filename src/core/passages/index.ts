export { locatePassages, type NamedPassage } from './locate-passages.ts'
export { type PassageFate, type PassageState, passageFates } from './named-passages.ts'
