import { defineConfig } from 'vitest/config'

export default defineConfig({
  // vitest resolves packages itself and does not read NODE_OPTIONS; `resolve.conditions` would be for browser code only.
  ssr: { resolve: { conditions: ['terrace:source'] } },
  test: {
    include: ['{packages,apps,scripts,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
