import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as mysql from '../../src/dialects/mysql/index.ts'
import * as postgres from '../../src/dialects/postgres/index.ts'
import * as sqlite from '../../src/dialects/sqlite/index.ts'
import {
  diffSnapshots,
  pendingRenames,
  planChanges,
  renameStructure,
  structureHash,
  type LiveStructure,
  type Plan,
  type SchemaDialect,
  type Snapshot,
  type StructureVocabulary,
  type TableShape,
} from '../../src/schema/index.ts'
import { renameChanges } from '../../src/sync/startup/renames.ts'
import { structurePairs, type StructurePair } from '../../src/testing/index.ts'
import { quoted } from './surviving-values.ts'

const mariaDb = { product: 'MariaDB', version: '10.11.0' }

const dialects: readonly (readonly [SchemaDialect, StructureVocabulary])[] = [
  [sqlite.createSchemaDialect({ product: 'SQLite', version: '3.50.0' }), sqlite.structureVocabulary],
  [postgres.createSchemaDialect({ product: 'PostgreSQL', version: '15.0' }), postgres.structureVocabulary],
  [mysql.createSchemaDialect(mariaDb), mysql.structureVocabulary(mariaDb)],
]

/** With a thousand pairs each they take a second. */
const count = Number(process.env['TERRACE_LAWS_PAIRS'] ?? 300)
const seed = Number(
  process.env['TERRACE_LAWS_SEED'] ??
    (process.env['TERRACE_LAWS_PAIRS'] ? Math.floor(Math.random() * 2 ** 32) : 20_261_121),
)

describe.each(dialects)('generated structures of $name', (dialect, vocabulary) => {
  const pairs = [...structurePairs({ vocabulary, quoteName: quoted(dialect), seed, count })]
  const plans = new Map(pairs.map((pair) => [pair, planOf(pair, dialect)]))
  const known = (pair: StructurePair): Plan => plans.get(pair) ?? planOf(pair, dialect)
  /** The pairs for which something does not hold, by what makes them again. */
  const except = (holds: (pair: StructurePair) => boolean): readonly string[] =>
    pairs.filter((pair) => !holds(pair)).map((pair) => `${pair.cell.edit} ${pair.cell.rows}@${pair.seed}`)

  test('do not differ from themselves', () => {
    const isSame = (side: Snapshot): boolean =>
      diffSnapshots(liveOf(side), { declared: side, canonical: side }).length === 0
    expect(except(({ before, after }) => isSame(before) && isSame(after))).toEqual([])
  })

  test('have a hash that no order changes', () => {
    const broken = except(({ before }) => {
      const tables = Object.values(before.tables)
      const turned = tables.toReversed().map((table): TableShape => ({ ...table, columns: table.columns.toReversed() }))
      return structureHash(turned) === structureHash(tables)
    })
    expect(broken).toEqual([])
  })

  test('have plans that are plain data', () => {
    const broken = except((pair) => {
      const plan = known(pair)
      return isDeepStrictEqual(JSON.parse(JSON.stringify(plan)), plan)
    })
    expect(broken).toEqual([])
  })

  test('have plans that say which steps need be done before one', () => {
    const broken = except((pair) => {
      const { steps } = known(pair)
      return steps.every(({ n, after, table }, at) => {
        const isFollowing = steps.slice(0, at).some((step) => step.table === table)
        return n === at + 1 && after.every((earlier) => earlier < n) && (!isFollowing || after.length > 0)
      })
    })
    expect(broken).toEqual([])
  })

  test('have something to plan', () => {
    const broken = except((pair) => {
      const { steps, drift } = known(pair)
      return steps.length + drift.length > 0
    })
    expect(broken).toEqual([])
  })
})

function liveOf(snapshot: Snapshot): LiveStructure {
  const rest = { estimatedRows: {}, otherObjects: {}, opaque: [], hasJournal: true, leftovers: [] }
  return { snapshot, ...rest }
}

function planOf({ before, after, allow }: StructurePair, dialect: SchemaDialect): Plan {
  const { renames } = pendingRenames(after, before, () => false)
  const live = renameStructure(liveOf(before), renames, dialect)
  const changes = [
    ...renameChanges(renames, { before: liveOf(before), live, declared: after }),
    ...diffSnapshots(live, { declared: after, canonical: after }),
  ]
  const mode = { kind: 'everything', allow } as const
  const all = { isOwned: () => true, wasDeclared: () => true, isHandChanged: () => false, holdsType: () => false }
  return planChanges(changes, { dialect, live, renames, mode, online: false, ...all })
}
