import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as mysql from '../../src/dialects/mysql/index.ts'
import * as postgres from '../../src/dialects/postgres/index.ts'
import * as sqlite from '../../src/dialects/sqlite/index.ts'
import type { SchemaDialect, StructureVocabulary } from '../../src/schema/index.ts'
import type { MergeOutcome, MergeSide } from '../../src/sync/migrations/merge.ts'
import { mergeSnapshots } from '../../src/sync/migrations/merge-snapshots.ts'
import { structurePairs, type StructurePair } from '../../src/testing/index.ts'
import { quoted } from '../laws/surviving-values.ts'

const mariaDb = { product: 'MariaDB', version: '10.11.0' }
const dialects: readonly (readonly [SchemaDialect, StructureVocabulary])[] = [
  [sqlite.createSchemaDialect({ product: 'SQLite', version: '3.50.0' }), sqlite.structureVocabulary],
  [postgres.createSchemaDialect({ product: 'PostgreSQL', version: '15.0' }), postgres.structureVocabulary],
  [mysql.createSchemaDialect(mariaDb), mysql.structureVocabulary(mariaDb)],
]

const count = Number(process.env['TERRACE_LAWS_PAIRS'] ?? 25)
const seed = Number(
  process.env['TERRACE_LAWS_SEED'] ??
    (process.env['TERRACE_LAWS_PAIRS'] ? Math.floor(Math.random() * 2 ** 32) : 20_261_121),
)

describe.each(dialects)(`generated structures of $name (TERRACE_LAWS_SEED=${seed})`, (dialect, vocabulary) => {
  const pairs = [...structurePairs({ vocabulary, quoteName: quoted(dialect), seed, count })]
  const changed = ({ after, renames }: StructurePair): MergeSide => ({ snapshot: after, renames })
  const unchanged = ({ before }: StructurePair): MergeSide => ({ snapshot: before, renames: [] })
  const isAfter = (outcome: MergeOutcome, { after }: StructurePair): boolean =>
    outcome.kind === 'merged' && isDeepStrictEqual(outcome.snapshot, after)
  const except = (holds: (pair: StructurePair) => boolean): readonly string[] =>
    pairs.filter((pair) => !holds(pair)).map((pair) => `${pair.cell.edit} ${pair.cell.rows}@${pair.seed}`)

  test('merge with what they were before to what they are, also of what has no name', () => {
    const merged = except(
      (pair) =>
        isAfter(mergeSnapshots(pair.before, [changed(pair), unchanged(pair)]), pair) &&
        isAfter(mergeSnapshots(pair.before, [unchanged(pair), changed(pair)]), pair),
    )
    expect(merged).toEqual([])
  })

  test('merge with themselves to themselves', () => {
    expect(except((pair) => isAfter(mergeSnapshots(pair.before, [changed(pair), changed(pair)]), pair))).toEqual([])
  })
})
