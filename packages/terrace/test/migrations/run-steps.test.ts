import { expect, test } from 'vitest'
import { openDatabase, openStructure } from '../../src/connect/index.ts'
import { runUpgrade, type DataStep, type MigrationStep } from '../../src/sync/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { runOn } from '../structure/starts/depot-state.ts'
import { describeEngines } from '../support/describe-engines.ts'
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
  saysMore,
} from './run/things.ts'

const engines: readonly EngineName[] = ['sqliteFile', 'postgres', 'mysql']
const doubled: MigrationStep = { sql: 'update things set amount = amount * 2' }
const wrong: MigrationStep = { sql: 'alter table nowhere add column x integer' }

function data(run: DataStep['run']): DataStep {
  return { data: 'by-hand', version: 1, run }
}

describeEngines(
  'a step of a revision',
  (engine) => {
    const commits = engine.name === 'mysql'

    test('that fails says where and with which statement; what was done is rolled back, or kept and not done twice', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const failed = await goUp(url, things, written(things.tagged, [doubled, ...things.adding.up, wrong]))
      expect(failed).toMatchObject({ code: 'MIGRATION_STEP_FAILED' })
      const steps = things.adding.up.length + 2
      expect(failed?.message).toContain(`b2.ts: step ${steps} of ${steps} of its upgrade failed: `)
      expect(failed?.message).toMatch(/nowhere/i)
      expect(failed?.message).toContain('alter table nowhere add column x integer')
      expect(failed?.cause).toBeInstanceOf(Error)
      expect(failed?.message).toContain(
        commits ? `Done and kept: steps 1 to ${steps - 1} of ${steps}` : 'it was rolled back whole',
      )
      expect(await amountsIn(url)).toEqual(commits ? [2, 4, 6] : [1, 2, 3])
      expect(await appliedIn(url)).toEqual(commits ? ['a1 done', 'b2 upgrading'] : ['a1 done'])
      expect(await goUp(url, things, written(things.tagged, [doubled, ...things.adding.up]))).toBeNull()
      expect(await amountsIn(url)).toEqual([2, 4, 6])
      expect(await appliedIn(url)).toEqual(['a1 done', 'b2 done'])
    })

    test.runIf(engine.name === 'postgres')(
      'of rows may not change the structure by a statement that reads',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        const making = data(async (rows) => void (await rows.run('select 1 as one into others')))
        const made = await goUp(url, things, written(things.plain, [making]))
        expect(made?.message).toContain('a data step may not change it')
      },
    )

    test.runIf(commits)('that was done is not taken for another one that the file has by now', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      await goUp(url, things, written(things.tagged, [doubled, wrong]))
      const other = await goUp(url, things, written(things.tagged, [{ sql: 'update things set amount = 0' }]))
      expect(other).toMatchObject({ code: 'MIGRATION_RESUME' })
      expect(other?.message).toContain('step 1 has been done and is another one now')
      expect(await amountsIn(url)).toEqual([2, 4, 6])
    })

    test.runIf(engine.name === 'postgres')(
      'that was begun outside of a transaction goes on where it was, also where the file has all in one by now',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        const failed = await goUp(url, things, written(things.plain, [doubled, { ...wrong, transaction: false }]))
        expect(failed?.message).toContain('Done and kept: step 1 of 2')
        const again = await goUp(url, things, written(things.plain, [doubled, doubled, wrong]))
        expect(again?.message).toContain('Done and kept: step 1 of 3')
        expect(await amountsIn(url)).toEqual([2, 4, 6])
        expect(await goUp(url, things, written(things.plain, [doubled, doubled]))).toBeNull()
        expect(await amountsIn(url)).toEqual([4, 8, 12])
        expect(await appliedIn(url)).toEqual(['a1 done', 'b2 done'])
      },
    )

    test.runIf(engine.name === 'postgres')(
      'is not told as kept where a later one takes it back with their transaction',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        const alone: MigrationStep = { sql: 'select 1', transaction: false }
        const failed = await goUp(url, things, written(things.plain, [alone, doubled, wrong]))
        expect(failed?.message).toContain('Done and kept: step 1 of 3')
        expect(await amountsIn(url)).toEqual([1, 2, 3])
      },
    )

    test('is refused where its check counts nothing, before and behind steps that change rows', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const refuseIf = [{ sql: 'select count(*) from things', rows: 'rows' }]
      const checked: MigrationStep = { sql: 'update things set amount = 9', refuseIf }
      for (const steps of [[checked], [doubled, checked]]) {
        const refused = await goUp(url, things, written(things.plain, steps))
        expect(refused).toMatchObject({ code: 'MIGRATION_STEP_FAILED' })
        expect(refused?.message).toContain('a check answers one row with a number as offending')
      }
      expect(await amountsIn(url)).toEqual([1, 2, 3])
    })

    test('leaves a database between two revisions in which nothing starts, plans or applies until it came to its end', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const alone: MigrationStep = { sql: 'select 1', transaction: false }
      await goUp(url, things, written(things.plain, [doubled, alone, wrong]))
      const models = thingModels.plain()
      const code = 'MIGRATION_UNFINISHED'
      await expect(openDatabase(url, { models })).rejects.toMatchObject({ code })
      await expect(openDatabase(url, { models, structure: 'check' })).rejects.toMatchObject({ code })
      const structure = await openStructure(url, { models })
      await expect(structure.plan()).rejects.toMatchObject({ code })
      await expect(structure.apply()).rejects.toMatchObject({ code })
      await expect(structure.adopt()).rejects.toThrow('The upgrade of revision b2 (revision b2) was begun')
      await structure.close()
      expect(await goUp(url, things, written(things.plain, [doubled, alone]))).toBeNull()
      expect(await amountsIn(url)).toEqual([2, 4, 6])
      await (await openDatabase(url, { models })).close()
    })

    test('is refused by rows that stand against it, before the first change, with the statement that shows them', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const check = {
        sql: 'select count(*) as offending from things where amount > 1',
        rows: 'rows with more than one',
      }
      const refused = await goUp(
        url,
        things,
        written(things.tagged, [...things.adding.up, { sql: 'update things set amount = 1', refuseIf: [check] }]),
      )
      expect(refused).toMatchObject({ code: 'MIGRATION_REFUSED' })
      expect(refused?.message).toContain(
        `- step ${things.adding.up.length + 1}: 2 rows with more than one. They are shown by: select * from things where amount > 1`,
      )
      expect(await appliedIn(url)).toEqual(['a1 done'])
      expect((await runOn(url, 'select * from things'))[0]).not.toHaveProperty('tag')
    })

    test('is not refused by rows that an earlier step corrects, nor for what an earlier step makes', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const made = { sql: 'select count(*) as offending from things where tag is not null', rows: 'rows with a tag' }
      const many = { sql: 'select count(*) as offending from things where amount > 1', rows: 'rows with more than one' }
      const lowering = data(async (rows) => void (await rows.run('update things set amount = 1')))
      const last: MigrationStep = { sql: 'update things set amount = 7', refuseIf: [made, many] }
      expect(await goUp(url, things, written(things.tagged, [...things.adding.up, lowering, last]))).toBeNull()
      expect(await amountsIn(url)).toEqual([7, 7, 7])
      const again = await thingsDatabase(engine.fresh, things)
      const filling = data(async (rows) => void (await rows.run(`update things set tag = 'x' where amount = 2`)))
      const refused = await goUp(
        again,
        things,
        written(things.tagged, [...things.adding.up, filling, { ...last, refuseIf: [made] }]),
      )
      expect(refused?.message).toContain(`step ${things.adding.up.length + 2}: 1 rows with a tag`)
    })

    test.runIf(commits)(
      'is not asked again, after it failed, by names that an earlier step has taken away',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        const away: MigrationStep = { sql: 'alter table things rename column amount to quantity' }
        const back: MigrationStep = { sql: 'alter table things rename column quantity to amount' }
        const refuseIf = [
          { sql: 'select count(*) as offending from things where amount < 0', rows: 'rows with less than none' },
        ]
        const failed = await goUp(url, things, written(things.plain, [away, { ...wrong, refuseIf }, back]))
        expect(failed?.message).toContain('step 2 of 3')
        expect(await goUp(url, things, written(things.plain, [away, { sql: 'select 1', refuseIf }, back]))).toBeNull()
        expect(await amountsIn(url)).toEqual([1, 2, 3])
      },
    )

    test('by code works on rows alone, and its error is kept with its name', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const own = new Error('the supplier did not answer')
      const thrown = await goUp(
        url,
        things,
        written(things.plain, [
          data(async (rows) => {
            await rows.run('update things set amount = 9')
            throw own
          }),
        ]),
      )
      expect(thrown?.message).toContain(
        'b2.ts: step 1 of 1, the data step by-hand, of its upgrade failed: the supplier did not answer',
      )
      expect(thrown?.cause).toBe(own)
      expect(await amountsIn(url)).toEqual([1, 2, 3])
      for (const sql of [
        'create table others (id integer)',
        '/* x */ drop table things',
        'commit',
        'truncate table things',
      ]) {
        const refused = await goUp(
          url,
          things,
          written(things.plain, [data(async (rows) => void (await rows.run(sql)))]),
        )
        expect(refused?.message).toContain('a data step works on rows and changes no structure')
      }
      const hasty = data(async (rows) => void rows.run('update things set amount = 8'))
      const ended = await goUp(url, things, written(things.plain, [hasty]))
      expect(ended?.message).toContain('a data step has ended before its statements have: await each of them')
      const failing = data(async (rows) => void rows.run('update nowhere set amount = 8'))
      expect((await goUp(url, things, written(things.plain, [failing])))?.code).toBe('MIGRATION_STEP_FAILED')
      const checks = [{ sql: 'delete from things', rows: 'rows' }]
      const deleting = await goUp(url, things, written(things.plain, [{ sql: 'select 1', refuseIf: checks }]))
      expect(deleting?.message).toContain('a check answers one row')
      expect(await amountsIn(url)).toEqual([1, 2, 3])
      const counted: unknown[] = []
      expect(
        await goUp(
          url,
          things,
          written(things.plain, [
            data(async (rows) => {
              const place = engine.name === 'postgres' ? '$1' : '?'
              counted.push(await rows.run(`update things set amount = amount + 1 where amount > ${place}`, [1]))
              counted.push(await rows.all('select amount from things order by id'))
            }),
          ]),
        ),
      ).toBeNull()
      expect(counted).toEqual([2, [{ amount: 1 }, { amount: 3 }, { amount: 4 }]])
    })

    test.runIf(saysMore(engine.name))('does not end the transaction of its revision', async () => {
      const things = await thingsOn(engine.name)
      const url = await thingsDatabase(engine.fresh, things)
      const refused = await goUp(url, things, written(things.plain, [doubled, { sql: ' -- now\ncommit' }]))
      expect(refused?.message).toContain('a step neither begins nor ends a transaction')
      expect([await amountsIn(url), await appliedIn(url)]).toEqual([[1, 2, 3], ['a1 done']])
    })

    test.runIf(saysMore(engine.name))(
      'is not begun once the run was asked to end; what was done before it is said',
      async () => {
        const things = await thingsOn(engine.name)
        const url = await thingsDatabase(engine.fresh, things)
        const controller = new AbortController()
        const stopping = data(async (rows) => {
          await rows.run('update things set amount = amount + 5')
          controller.abort()
        })
        const stopped = await goUp(url, things, written(things.plain, [stopping, doubled]), controller.signal)
        expect(stopped).toMatchObject({ code: 'MIGRATION_INTERRUPTED' })
        expect(stopped?.message).toContain(commits ? 'Done and kept: step 1 of 2' : 'it was rolled back whole')
        expect(await amountsIn(url)).toEqual(commits ? [6, 7, 8] : [1, 2, 3])
        const calm = data(async (rows) => void (await rows.run('update things set amount = amount + 5')))
        expect(await goUp(url, things, written(things.plain, [calm, doubled]))).toBeNull()
        expect(await amountsIn(url)).toEqual([12, 14, 16])
      },
    )

    test.runIf(saysMore(engine.name))(
      'of a later revision that fails leaves the earlier ones applied, and says so',
      async () => {
        const things = await thingsOn(engine.name)
        const { url } = await engine.fresh()
        const second = written(things.plain, [wrong])
        const run = { history: historyOfThings(things, second), path: [things.first, second] }
        const failing = withParts(url, (parts) => runUpgrade(parts, run))
        await expect(failing).rejects.toThrow('Done before it in this run: a1.')
        expect((await appliedIn(url))[0]).toBe('a1 done')
      },
    )
  },
  engines,
)
