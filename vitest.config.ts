import { defineConfig } from 'vitest/config'

export default defineConfig({
  // vitest resolves packages itself and does not read NODE_OPTIONS; `resolve.conditions` would be for browser code only.
  ssr: { resolve: { conditions: ['terrace:source'] } },
  test: {
    include: ['{packages,apps,scripts,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // The default leaves one core idle; tests that wait for a database use both of a small machine.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
