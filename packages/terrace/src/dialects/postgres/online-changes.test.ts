import { expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import { structureBench } from '../../../test/support/postgres-structures.ts'

const online = { online: true }

describeEngines(
  'PostgreSQL followed while others work',
  (engine) => {
    const bench = structureBench(engine)

    test('[edge 31] builds and drops indexes without keeping anybody from writing', async () => {
      const { plan } = await bench.followAndReturn({
        from: ['create table t (a integer, b integer, c integer)', 'create index old on t (b)'],
        rows: ['insert into t values (1, 1, 1), (2, 2, 2)'],
        to: [
          'create table t (a integer, b integer, c integer, constraint uq unique (a) deferrable)',
          'create index ix on t (b desc, a)',
          'create unique index ux on t (c) where b > 0',
        ],
        options: online,
      })
      expect(plan.transactional).toBe(false)
      expect(plan.steps.map(({ statements, transaction, lock }) => [statements[0], transaction, lock.blocks])).toEqual([
        ['drop index concurrently "old"', 'none', 'nothing'],
        ['create unique index concurrently "uq" on "t" ("a")', 'none', 'nothing'],
        [
          'alter table "t" add constraint "uq" unique using index "uq" deferrable initially immediate',
          'plan',
          'everything',
        ],
        ['create unique index concurrently "ux" on "t" ("c") where (b > 0)', 'none', 'nothing'],
        ['create index concurrently "ix" on "t" ("b" desc, "a")', 'none', 'nothing'],
      ])
    })

    test('[edge 31] finds the invalid index that a failure has left, and builds it anew', async () => {
      const wanted = await bench.shapeOf('create table t (a integer)', 'create unique index ux on t (a)')
      await bench.begin('create table t (a integer)')
      await bench.run('insert into t values (1), (1)')
      // Started while the rows were still in order, as the count before the plan would have it.
      await expect(bench.run('create unique index concurrently ux on t (a)')).rejects.toMatchObject({ kind: 'unique' })
      expect((await bench.read()).snapshot.tables['t']?.uniques).toMatchObject([{ name: 'ux', enforced: false }])
      const structure = await bench.structure()
      await expect(structure.apply(wanted, online)).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
      await bench.run('delete from t where ctid = (select min(ctid) from t)')
      const { steps } = await structure.apply(wanted, online)
      expect(steps.flatMap(({ statements }) => statements)).toEqual([
        'drop index concurrently "ux"',
        'create unique index concurrently "ux" on "t" ("a")',
      ])
      expect((await structure.plan(wanted)).steps).toEqual([])
    })

    test('[edge 31] a plain start builds an invalid index anew, too', async () => {
      const wanted = await bench.shapeOf('create table t (a integer)', 'create index ix on t (a)')
      await bench.begin('create table t (a integer)', 'create index ix on t (a)')
      await bench.run(`update pg_index set indisvalid = false where indexrelid = 'ix'::regclass`)
      const structure = await bench.structure()
      const { drift, frozen } = await structure.plan(wanted)
      expect([...drift, ...frozen]).toMatchObject([{ reason: expect.stringContaining('valid off, wanted on') }])
      await structure.adopt((await bench.read()).snapshot)
      expect((await structure.apply(wanted)).steps.map(({ transaction }) => transaction)).toEqual(['plan', 'plan'])
      expect((await bench.read()).snapshot.tables['t']?.indexes).toMatchObject([{ valid: true }])
    })

    test('[edge 32] proves by a check that no row is without a value', async () => {
      const { plan } = await bench.followAndReturn({
        from: ['create table t (a integer, b integer)'],
        rows: ['insert into t values (1, 1)'],
        to: ['create table t (a integer not null default 5, b integer)'],
        options: online,
      })
      expect(plan.steps.map(({ lock }) => lock)).toEqual([
        { blocks: 'everything', work: 'none' },
        { blocks: 'nothing', work: 'scan' },
        { blocks: 'everything', work: 'none' },
      ])
      expect(plan.steps[0]?.statements[0]).toMatch(
        / add constraint "_terrace_c_nn_\w+" check \("a" is not null\) not valid$/,
      )
    })

    test('[edge 32] takes away the check that a killed start has left', async () => {
      const wanted = await bench.shapeOf('create table t (a integer not null)')
      await bench.begin('create table t (a integer)')
      const structure = await bench.structure()
      const [first] = (await structure.plan(wanted, online)).steps
      await bench.run(...(first?.statements ?? []))
      expect((await bench.read()).leftovers).toHaveLength(1)
      await structure.apply(wanted, online)
      const left = await bench.rows(
        `select conname from pg_constraint where conrelid = 't'::regclass and contype = 'c'`,
      )
      expect(left).toEqual([])
      expect((await bench.read()).snapshot.tables['t']?.columns[0]?.nullable).toBe(false)
    })

    test('holds new rows to keys and checks first, and looks at the old ones without a lock', async () => {
      const { plan } = await bench.followAndReturn({
        from: ['create table a (id integer primary key)', 'create table b (a integer)'],
        rows: ['insert into a values (1)', 'insert into b values (1)'],
        to: [
          'create table a (id integer primary key)',
          'create table b (a integer constraint fk references a constraint ck check (a > 0))',
        ],
        options: online,
      })
      expect(plan.steps.map(({ lock }) => lock.work)).toEqual(['none', 'scan', 'none', 'scan'])
      expect(plan.steps.filter(({ lock }) => lock.work === 'scan').map(({ lock }) => lock.blocks)).toEqual([
        'nothing',
        'nothing',
      ])
      expect(plan.hazards.filter((hazard) => hazard.class === 'blocking')).toEqual([])
    })
  },
  ['postgres'],
)
