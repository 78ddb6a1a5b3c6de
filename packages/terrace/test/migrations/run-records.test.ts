import { expect, test } from 'vitest'
import { openStructure } from '../../src/connect/index.ts'
import type { Snapshot } from '../../src/schema/index.ts'
import {
  readApplied,
  recordStamp,
  runDowngrade,
  runUpgrade,
  structureOf,
  type MigrationRun,
  type Revision,
} from '../../src/sync/index.ts'
import { StatementRunner } from '../../src/sync/statement-runner.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { runOn } from '../structure/starts/depot-state.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { historyOf, revisionFrom, stepsFrom } from './run/revisions.ts'
import { withParts } from './run/shop.ts'
import {
  amountsIn,
  appliedIn,
  goUp,
  historyOfThings,
  thingModels,
  thingsDatabase,
  thingsOn,
  written,
  type Things,
  saysMore,
} from './run/things.ts'

const engines: readonly EngineName[] = ['sqliteFile', 'postgres', 'mysql']

describeEngines(
  'what a database knows of its revisions',
  (engine) => {
    test('is nothing where none ran, then each in its order with the hash of each step; a start leaves it alone', async () => {
      const things = await thingsOn(engine.name)
      const { url } = await engine.fresh()
      expect(await readFrom(url)).toEqual([])
      const { first } = things
      const second = written(things.tagged, things.adding.up, things.adding.down)
      const run: MigrationRun = { history: historyOf([first, second]), path: [first, second] }
      const startedAt = Date.now()
      await withParts(url, (parts) => runUpgrade(parts, run))
      const applied = await readFrom(url)
      const known = (id: string, { parents, description, checksum, stepHashes }: typeof first) => ({
        revision: id,
        parents,
        description,
        checksum,
        upHashes: stepHashes.up,
        state: 'done',
        stamped: false,
        appliedAt: expect.any(Date) as Date,
      })
      expect(applied).toEqual([known('a1', first), known('b2', second)])
      expect(applied.every(({ appliedAt }) => appliedAt.getTime() >= startedAt)).toBe(true)
      const structure = await openStructure(url, { models: thingModels.tagged() })
      await structure.apply()
      await structure.close()
      expect(await readFrom(url)).toEqual(applied)
    })

    test.runIf(saysMore(engine.name))('is asked while the lock is held, and decides what is run', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const history = historyOfThings(things)
      const asked: unknown[] = []
      const path: MigrationRun['path'] = (applied) => {
        asked.push(applied.map(({ revision }) => revision))
        return []
      }
      expect(await withParts(url, (parts) => runUpgrade(parts, { history, path }))).toEqual([])
      expect(asked).toEqual([['a1']])
      const refusing = (): never => {
        throw new Error('not this way')
      }
      await expect(withParts(url, (parts) => runDowngrade(parts, { history, path: refusing }))).rejects.toThrow(
        'not this way',
      )
    })

    test.runIf(saysMore(engine.name))(
      'refuses a way back that is not there before the first change of the whole way',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        const second = written(things.tagged, things.adding.up, things.adding.down)
        const lost = revisionFrom(things.plain, { ...things.first, down: [{ irreversible: 'its rows are gone' }] })
        await goUp(url, things, second)
        const run = { history: historyOf([lost, second]), path: [second, lost] }
        const refused = withParts(url, (parts) => runDowngrade(parts, run))
        await expect(refused).rejects.toMatchObject({ code: 'MIGRATION_IRREVERSIBLE' })
        expect(await appliedIn(url)).toEqual(['a1 done', 'b2 done'])
      },
    )

    test.runIf(saysMore(engine.name))(
      'says that a revision cannot come before its parents, nor go before what comes after it',
      async () => {
        const things = await thingsOn(engine.name)
        const { url } = await engine.fresh()
        const second = written(things.tagged, things.adding.up, things.adding.down)
        const history = historyOf([things.first, second])
        const orphan = withParts(url, (parts) => runUpgrade(parts, { history, path: [second] }))
        await expect(orphan).rejects.toMatchObject({
          code: 'MIGRATION_ELSEWHERE',
          message: expect.stringContaining('its parent a1 is not applied'),
        })
        await withParts(url, (parts) => runUpgrade(parts, { history, path: [things.first, second] }))
        const early = withParts(url, (parts) => runDowngrade(parts, { history, path: [things.first] }))
        await expect(early).rejects.toThrow('b2, which comes after it, is applied')
      },
    )

    test('can be recorded without a run, up and down, and is refused where the structure is another', async () => {
      const things = await thingsOn(engine.name)
      const { url } = await engine.fresh()
      const second = written(things.tagged, things.adding.up, things.adding.down)
      const history = historyOf([things.first, second])
      const stamp = (change: Parameters<typeof recordStamp>[1]['change'], unchecked = false) =>
        withParts(url, (parts) => recordStamp(parts, { history, change, unchecked }))
      for (const sql of statementsOf(things)) await runOn(url, sql)
      await stamp({ applied: [things.first], removed: [] })
      expect((await readFrom(url)).map(({ revision, stamped }) => [revision, stamped])).toEqual([['a1', true]])
      await expectNothingPlanned(url, 'plain')
      await expect(stamp({ applied: [second], removed: [] })).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      expect(await appliedIn(url)).toEqual(['a1 done'])
      await stamp({ applied: [second], removed: [] }, true)
      expect(await appliedIn(url)).toEqual(['a1 done', 'b2 done'])
      const structure = await openStructure(url, { models: thingModels.tagged() })
      expect((await structure.plan()).steps.map(({ change }) => change)).toContain('addColumn')
      await structure.close()
      await stamp((applied) => ({ applied: [], removed: applied.slice(1).map(({ revision }) => revision) }))
      expect(await appliedIn(url)).toEqual(['a1 done'])
      await expectNothingPlanned(url, 'plain')
      expect(await goUp(url, things, second)).toBeNull()
      await expectNothingPlanned(url, 'tagged')
    })

    test('is one run of many that begin at once: each step of rows happens once, and nobody fails', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const doubling = written(things.tagged, [{ sql: 'update things set amount = amount * 2' }, ...things.adding.up])
      const waited: number[] = []
      const run = (n: number): MigrationRun => ({
        history: historyOfThings(things, doubling),
        path: (applied) => (applied.length < 2 ? [doubling] : []),
        observer: { waiting: () => void waited.push(n) },
      })
      const done = await Promise.all([1, 2, 3].map((n) => withParts(url, (parts) => runUpgrade(parts, run(n)))))
      expect(done.map((revisions) => revisions.length).toSorted()).toEqual([0, 0, 1])
      expect(await amountsIn(url)).toEqual([2, 4, 6])
    })
  },
  engines,
)

describeEngines(
  'two branches of revisions',
  (engine) => {
    test('may both be applied: the structure is what both declare, and what the one left out of the other is refused', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const tagged = written(things.tagged, things.adding.up, things.adding.down)
      const longer = revisionFrom(things.longer, { revision: 'c3', parents: ['a1'], ...stepsFrom(things.longer) })
      const history = historyOf([things.first, tagged, longer])
      const go = (run: typeof runUpgrade, ...path: readonly Revision[]) =>
        withParts(url, (parts) => run(parts, { history, path }))
      const isTagged = async (): Promise<boolean> =>
        (await tablesOf(url))['things']?.columns.some(({ name }) => name === 'tag') === true
      await go(runUpgrade, longer, tagged)
      expect(await isTagged()).toBe(true)
      // Where a table is built anew, its statements know nothing of the other branch.
      const back = await go(runDowngrade, tagged).then(() => 'done', codeOf)
      const isBuiltAnew = engine.name === 'sqliteFile'
      expect([back, await isTagged()]).toEqual(isBuiltAnew ? ['MIGRATION_RESULT', true] : ['done', false])
    })
  },
  engines,
)

function codeOf(error: unknown): string {
  return (error as { readonly code: string }).code
}

async function tablesOf(url: string): Promise<Snapshot['tables']> {
  return (await withParts(url, (parts) => structureOf(parts).introspect())).snapshot.tables
}

describeEngines(
  'a revision that was begun and given up',
  (engine) => {
    test('is recorded as not applied once the database was brought back by hand', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const stuck = written(things.plain, [
        { sql: 'select 1', transaction: false },
        { sql: 'alter table nowhere add column x integer' },
      ])
      expect((await goUp(url, things, stuck))?.code).toBe('MIGRATION_STEP_FAILED')
      expect(await appliedIn(url)).toEqual(['a1 done', 'b2 upgrading'])
      const history = historyOfThings(things, stuck)
      await withParts(url, (parts) => recordStamp(parts, { history, change: { applied: [], removed: ['b2'] } }))
      await expectNothingPlanned(url, 'plain')
    })
  },
  ['sqliteFile', 'mysql'],
)

function readFrom(url: string): ReturnType<typeof readApplied> {
  return withParts(url, async ({ driver, schema }) => {
    const { dialect } = structureOf({ driver, schema })
    const connection = await driver.acquire({ access: 'write', timeoutMs: 5_000 })
    const applied = await readApplied(new StatementRunner(connection), dialect)
    await driver.release(connection)
    return applied
  })
}

function statementsOf({ plain }: Things): readonly string[] {
  return stepsFrom(plain).up.flatMap((step) => ('sql' in step ? [step.sql].flat() : []))
}

async function expectNothingPlanned(url: string, state: keyof typeof thingModels): Promise<void> {
  const structure = await openStructure(url, { models: thingModels[state]() })
  const plan = await structure.plan()
  await structure.close()
  expect(plan).toMatchObject({ steps: [], drift: [], frozen: [], leftAlone: [] })
}
