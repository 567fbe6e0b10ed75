export { SOFTWARE, VERSION } from './software.ts'
