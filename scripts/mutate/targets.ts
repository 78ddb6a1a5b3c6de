/** What is mutated, and how much of it a test must notice. */
export interface Target {
  readonly name: string
  /** Globs from the root. */
  readonly files: readonly string[]
  /** The least percentage of mutants killed, those that are equivalent left out. */
  readonly floor: number
  /** Of which mutants: of the guards alone, or of all. Default all. */
  readonly floorOf?: 'guards' | 'all'
}

export const targets: readonly Target[] = [
  { name: 'compile', files: ['packages/terrace/src/database/compile/**/*.ts'], floor: 100, floorOf: 'guards' },
  { name: 'database', files: ['packages/terrace/src/database/*.ts'], floor: 80 },
  { name: 'dao', files: ['packages/terrace/src/dao/**/*.ts'], floor: 80 },
]

/** The tests that stand guard over them. */
export const testFiles: readonly string[] = [
  'packages/terrace/test/scope/**/*.test.ts',
  'packages/terrace/test/dao/**/*.test.ts',
  'packages/terrace/test/{erase-tangled,row-rules,edge-cases}.test.ts',
  'packages/terrace/test/sessions/{endings,retries,silence}.test.ts',
  'packages/terrace/src/{database,dao}/**/*.test.ts',
  'packages/terrace/src/dialects/*/{conversions,dialect,errors,unsupported}.test.ts',
  'packages/terrace/src/dialects/sqlite/{driver,limits,runtime-contract}.test.ts',
  'packages/terrace/src/connect/open-database.test.ts',
]
