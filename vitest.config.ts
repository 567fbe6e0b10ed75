import { defineConfig } from 'vitest/config'

const SLOW = '**/*.slow.test.ts'

/** `only` the slow ones, `too`, or not at all. */
const slow = process.env['SLOW']

export default defineConfig({
  test: {
    include:
      slow === 'only'
        ? [SLOW]
        : [
            'src/**/*.test.ts',
            'test/**/*.test.ts',
            'tools/**/*.test.ts',
            'training/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
    exclude: slow === undefined ? ['**/node_modules/**', SLOW] : ['**/node_modules/**'],
    setupFiles: ['test/setup/to-throw-code.ts'],
    testTimeout: 30_000,
  },
})
