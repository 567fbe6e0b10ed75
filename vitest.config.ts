import { defineConfig } from 'vitest/config'

const slow = process.env['SLOW'] === '1'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'test/**/*.test.ts',
      'tools/**/*.test.ts',
      'training/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: slow ? ['**/node_modules/**'] : ['**/node_modules/**', '**/*.slow.test.ts'],
    setupFiles: ['test/setup/to-throw-code.ts'],
    testTimeout: 30_000,
  },
})
