/**
 * Writes the verifier's page alone, `dist/verify.html`. `npm run build` does it too.
 *
 * @module
 */
import { writeVerifierPage } from './verifier-page.ts'

await writeVerifierPage()
