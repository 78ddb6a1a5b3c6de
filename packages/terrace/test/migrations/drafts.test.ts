import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import * as mysql from '../../src/dialects/mysql/index.ts'
import * as postgres from '../../src/dialects/postgres/index.ts'
import * as sqlite from '../../src/dialects/sqlite/index.ts'
import {
  diffSnapshots,
  pendingRenames,
  planChanges,
  renameStructure,
  snapshotFrom,
  type ColumnShape,
  type LiveStructure,
  type Plan,
  type SchemaDialect,
  type Snapshot,
  type StructureVocabulary,
} from '../../src/schema/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { withConnection } from '../../src/sync/with-connection.ts'
import { draftOf } from '../../src/sync/migrations/draft-of.ts'
import { readHistory } from '../../src/sync/migrations/read-history.ts'
import type { DraftStep } from '../../src/sync/migrations/revision-draft.ts'
import { statementsOf } from '../../src/sync/migrations/statements-of.ts'
import { writeRevision } from '../../src/sync/migrations/write-revision.ts'
import { renameChanges } from '../../src/sync/startup/renames.ts'
import { structurePairs, type StructurePair } from '../../src/testing/index.ts'
import { quoted } from '../laws/surviving-values.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { column, table } from '../support/snapshot-edits.ts'
import { structureBench } from '../support/postgres-structures.ts'

const postgresDialect = postgres.createSchemaDialect({ product: 'PostgreSQL', version: '15.0' })
const mariaDb = { product: 'MariaDB', version: '10.11.0' }
const dialects: readonly (readonly [SchemaDialect, StructureVocabulary])[] = [
  [sqlite.createSchemaDialect({ product: 'SQLite', version: '3.50.0' }), sqlite.structureVocabulary],
  [postgresDialect, postgres.structureVocabulary],
  [mysql.createSchemaDialect(mariaDb), mysql.structureVocabulary(mariaDb)],
]

const count = Number(process.env['TERRACE_LAWS_PAIRS'] ?? 12)
const seed = Number(
  process.env['TERRACE_LAWS_SEED'] ??
    (process.env['TERRACE_LAWS_PAIRS'] ? Math.floor(Math.random() * 2 ** 32) : 20_261_121),
)

const folder = mkdtempSync(join(tmpdir(), 'terrace-drafts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sqlIn = (steps: readonly DraftStep[]): readonly string[] =>
  steps.flatMap(({ step }) => ('sql' in step ? statementsOf(step) : []))

describe.each(dialects)(`generated plans of $name (TERRACE_LAWS_SEED=${seed})`, (dialect, vocabulary) => {
  const pairs = [...structurePairs({ vocabulary, quoteName: quoted(dialect), seed, count })]
  const drafted = pairs.flatMap((pair) => {
    const plan = planOf(pair, dialect)
    return plan.steps.length === 0 ? [] : [{ pair, plan, ...draftOf(plan) }]
  })

  test('become revisions with their statements, their checks and the way back, the last step first', () => {
    for (const { plan, up, down, renames } of drafted) {
      expect(sqlIn(up)).toEqual(plan.steps.flatMap(({ statements }) => statements))
      expect(sqlIn(down)).toEqual(plan.steps.toReversed().flatMap(({ inverse }) => inverse ?? []))
      const irreversible = plan.steps.filter(({ inverse }) => inverse === null)
      expect(down.filter(({ step }) => 'irreversible' in step)).toHaveLength(irreversible.length)
      const checks = up.flatMap(({ step }) => ('sql' in step ? (step.refuseIf ?? []) : []))
      expect(checks.map(({ sql }) => sql)).toEqual(
        plan.steps.flatMap(({ prechecks }) => prechecks.map(({ sql }) => sql)),
      )
      expect(up.every(({ comments }) => comments.length > 0)).toBe(true)
      expect(renames).toEqual(plan.renames)
    }
    expect(drafted.length).toBeGreaterThan(count / 2)
  })

  test('are read from their files as they were written', async () => {
    const written = []
    for (const [at, { pair, up, down, renames }] of drafted.entries()) {
      const draft = { dialect: dialect.name, revision: `r${at}`, parents: [], description: pair.cell.edit, up, down }
      written.push(await writeRevision(folder, { ...draft, snapshot: pair.after, renames }))
    }
    const { byId } = await readHistory(folder, dialect.name)
    for (const revision of written) expect(byId.get(revision.revision)).toEqual(revision)
  })
})

function liveOf(snapshot: Snapshot): LiveStructure {
  const rest = { estimatedRows: {}, otherObjects: {}, opaque: [], hasJournal: true, leftovers: [] }
  return { snapshot, ...rest }
}

function planOf(
  { before, after, allow }: Pick<StructurePair, 'before' | 'after' | 'allow'>,
  dialect: SchemaDialect,
): Plan {
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

describeEngines(
  'steps outside of a transaction on PostgreSQL',
  (engine) => {
    const bench = structureBench(engine)

    /** Each step is begun, interrupted behind any of its statements, and run again from its beginning. */
    const runInterrupted = async (steps: readonly DraftStep[]): Promise<void> => {
      for (const { step } of steps) {
        if (!('sql' in step)) throw new Error(step.irreversible)
        const statements = statementsOf(step)
        if (step.transaction === false)
          for (const [at] of statements.entries()) await bench.run(...statements.slice(0, at + 1))
        await bench.run(...statements)
      }
    }

    test('bear being interrupted and run again, there and back', async () => {
      const to = [
        'create table u (id integer primary key)',
        'create table t (a integer not null, b integer, c integer, constraint uq unique (a), constraint fk foreign key (b) references u (id), constraint ck check (c > 0))',
        'create index ix on t (b desc)',
        'create unique index ux on t (c) where b > 0',
      ]
      const wanted = await bench.shapeOf(...to)
      await bench.begin(
        'create table u (id integer primary key)',
        'create table t (a integer, b integer, c integer)',
        'create index old on t (c)',
      )
      await bench.run('insert into u values (1)', 'insert into t values (1, 1, 1), (2, 1, 2)')
      const before = (await bench.read()).snapshot
      const plan = await (await bench.structure()).plan(wanted, { online: true })
      const { up, down } = draftOf(plan)
      expect(up.filter(({ step }) => 'sql' in step && step.transaction === false)).toHaveLength(10)
      expect(sqlIn(up)).toContain('drop index concurrently if exists "ix"')
      await runInterrupted(up)
      expect((await (await bench.structure()).plan(wanted)).steps).toEqual([])
      await runInterrupted(down)
      const after = (await bench.read()).snapshot
      expect(diffSnapshots(liveOf(after), { declared: before, canonical: before })).toEqual([])
    })
  },
  ['postgres'],
)

test('what is lost, what waits and what has no way back is said where it is read', () => {
  const side = (...columns: readonly ColumnShape[]): Snapshot => snapshotFrom([table('products', columns)])
  const [id, kcal, label] = [column('id', 'bigint'), { ...column('kcal', 'integer'), nullable: false }, column('label')]
  const allow = ['drop-column products.kcal', 'drop-column products.label']
  const plan = planOf({ before: side(id, kcal, label), after: side({ ...id, type: 'text' }), allow }, postgresDialect)
  const { up, down } = draftOf(plan)
  const said = (steps: readonly DraftStep[]): readonly unknown[] =>
    steps.map(({ comments, step }) => [...comments, step])
  expect(said(up)).toEqual([
    [
      'column products.id: bigint null → text null',
      'blocks reading and writing while it rewrites every row',
      { sql: 'alter table "products" alter column "id" type text' },
    ],
    [
      'column products.kcal: integer not null → not declared',
      'lossy: drops every value of the column',
      'breaking for the previous release: it may ask for what is gone',
      'irreversible: there is no step back',
      'blocks reading and writing for a moment',
      { sql: 'alter table "products" drop column "kcal"' },
    ],
    [
      'column products.label: text null → not declared',
      'lossy: drops every value of the column',
      'breaking for the previous release: it may ask for what is gone',
      'blocks reading and writing for a moment',
      { sql: 'alter table "products" drop column "label"' },
    ],
  ])
  expect(said(down)).toEqual([
    [
      'undoes column products.label',
      'the way up drops every value of the column, and that stays so',
      { sql: 'alter table "products" add column "label" text' },
    ],
    [
      'undoes column products.kcal',
      { irreversible: 'nothing undoes the change of column products.kcal: it drops every value of the column' },
    ],
    ['undoes column products.id', { sql: 'alter table "products" alter column "id" type bigint using "id"::bigint' }],
  ])
})

describeEngines(
  'two statements in one text',
  (engine) => {
    test('are refused by the database, and neither is done: each stands in a text of its own', async () => {
      const { url } = await engine.fresh()
      const { runtime } = await dialectOf(url)
      const driver = await runtime.open({ url, pool: {} })
      try {
        const run = (sql: string): Promise<void> =>
          withConnection(driver, { access: 'write', timeoutMs: 5_000 }, (runner) => runner.run(sql))
        await expect(run('create table one (a integer); create table two (a integer)')).rejects.toMatchObject({
          name: 'DriverError',
        })
        await expect(run('drop table one')).rejects.toMatchObject({ kind: 'missingObject' })
        await run('create table one (a integer);')
      } finally {
        await driver.close()
      }
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
