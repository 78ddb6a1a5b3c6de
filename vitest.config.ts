import { defineConfig } from 'vitest/config'

/** The command line, and what it does to whole databases: `npm run test:tools`. */
const tools = ['cli', 'migrations', 'pull', 'backup', 'move']

/** Attacks, members, trash, policies on rows, helpers and sessions on each engine: `npm run test:walls`. Of the scope the oracle and the refusals stay. */
const walls = [
  'sessions',
  ...['attacks', 'helpers', 'membership', 'row-security', 'trash', 'write-programs'].map((name) => `scope/${name}`),
]

/** What an API has beyond rows, on each engine: `npm run test:api`. What shows it on one stays, beside the source. */
const api = ['openapi', 'users', 'abuse', 'list-language', 'pages', 'preconditions', 'client', 'remote']

/** What each engine makes of a structure, and how it is brought to follow the models: `npm run test:schema`. */
const schema = ['src/dialects', 'src/sync', 'test/corpora']

/** Folders whose tests run where they, or a folder around them, are named. */
const named = [...schema, ...[...tools, ...walls, ...api].map((name) => `test/${name}`)].map(
  (path) => `packages/terrace/${path}`,
)

const isNamed = (folder: string): boolean =>
  process.argv.some((word) => word.includes(folder) || (word.startsWith('packages/') && folder.startsWith(`${word}/`)))

export default defineConfig({
  // vitest resolves packages itself and does not read NODE_OPTIONS; `resolve.conditions` would be for browser code only.
  ssr: { resolve: { conditions: ['terrace:source'] } },
  test: {
    include: ['{packages,apps,scripts,bench}/**/*.test.ts'],
    // What is published is built, packed and installed by `npm run test:published`, which takes as long as a tenth of all others.
    exclude: [
      '**/node_modules/**',
      '**/dist/**',
      ...(process.env['TERRACE_TEST_PUBLISHED'] ? [] : ['**/test/published/**']),
      // Whole databases of others, and the embedded server: `npm run test:backup`.
      ...(process.env['TERRACE_BACKUP_ROUNDS']
        ? []
        : ['**/test/backup/{client-programs,corpora,disk-full,embedded,rights}.test.ts']),
      // Processes that compete and are killed have their script too: `npm run test:starts`.
      ...(process.env['TERRACE_TEST_STARTS']
        ? []
        : ['**/test/structure/{kills,starters,old-release,long-reader}.test.ts', '**/test/http/process.test.ts']),
      // Every block of every page, type-checked and run: `npm run test:docs`.
      ...(process.argv.some((word) => word.includes('scripts/docs.test.ts')) ? [] : ['**/scripts/docs.test.ts']),
      // Laws of structures on the servers, and changes on each engine: `npm run test:schema`. SQLite's laws stay.
      ...(process.env['TERRACE_TEST_SCHEMA'] || process.env['TERRACE_LAWS_PAIRS']
        ? []
        : [
            '**/test/laws/laws-{mysql,postgres}.test.ts',
            '**/test/{structure-refusals,structure-scenarios,value-suite}.test.ts',
          ]),
      ...named.filter((folder) => !isNamed(folder)).map((folder) => `**/${folder}/**`),
    ],
    pool: 'forks',
    // The default leaves one core idle; tests that wait for a database use both of a small machine.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
