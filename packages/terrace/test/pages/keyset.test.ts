import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import type { Listing, ListPosition } from '../../src/dao/index.ts'
import { actingAs, everyone, unscoped } from '../../src/database/index.ts'
import type { Session } from '../../src/database/index.ts'
import type { Row } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels } from '../support/open-models.ts'
import type { OpenModels } from '../support/open-models.ts'
import { pageEngines } from './page-engines.ts'
import { pageModels as models } from './page-models.ts'
import { runs, sampleRow, sort } from './sample-rows.ts'

class Samples extends Dao(models.Sample) {}
class Places extends Dao(models.Place) {}
class Logs extends Dao(models.Log) {}

type ListOptions = Parameters<Samples['list']>[0] & object

const conditions: readonly ListOptions['where'][] = [
  {},
  { isOpen: true },
  { small: { gte: 0 } },
  { or: [{ kind: null }, { kind: 'a' }] },
  { nick: 'apple' },
  { not: { name: { contains: 'a' } } },
]

describeEngines(
  'lists after a position',
  (engine) => {
    let open: OpenModels
    beforeAll(async () => {
      open = await openModels(engine, models)
    })
    afterAll(() => open?.db.close())

    /** A new owner with random rows, one in ten of them in the trash, beside another owner with the same ones. */
    async function ownerWith(
      count: number,
      seed?: number,
    ): Promise<<R>(work: (session: Session) => Promise<R>) => Promise<R>> {
      const rows = fc.sample(sampleRow, { numRuns: count, ...(seed === undefined ? {} : { seed }) })
      const ids = [randomUUID(), randomUUID()]
      await open.db.session(unscoped('test'), (session) =>
        session.use(Dao(models.Device)).createMany(ids.map((id) => ({ id }))),
      )
      for (const id of ids) {
        await open.db.session(actingAs(models.Device, id), async (session) => {
          const made = await session.use(Samples).createMany(rows as never)
          for (const [at, row] of made.entries()) if (at % 10 === 9) await session.use(Samples).delete(row.id)
        })
      }
      return (work) => open.db.session(actingAs(models.Device, ids[0] as string), work)
    }

    async function walked(samples: Samples, options: ListOptions, limit: number): Promise<readonly string[]> {
      const ids: string[] = []
      let after: ListPosition | null = null
      do {
        const { rows, next }: Listing<Row<typeof models.Sample>> = await samples.list({
          ...options,
          page: { limit },
          after,
        })
        expect(rows.length).toBeLessThanOrEqual(limit)
        expect(next === null || rows.length === limit).toBe(true)
        ids.push(...rows.map(({ id }) => id))
        after = next
      } while (after !== null)
      return ids
    }

    test(
      'give the whole list, each row once and in its order, for any sort, filter and page size',
      { timeout: 120_000 },
      async () => {
        const session = await ownerWith(60)
        await fc.assert(
          fc.asyncProperty(
            sort,
            fc.constantFrom(...conditions),
            fc.constantFrom('without', 'with', 'only'),
            fc.integer({ min: 1, max: 40 }),
            async (terms, where = {}, deleted, limit) => {
              const options = { where, deleted, sort: terms as never } as ListOptions
              await session(async (inner) => {
                const whole = await inner.use(Samples).list(options)
                expect(await walked(inner.use(Samples), options, limit)).toEqual(whole.rows.map(({ id }) => id))
              })
            },
          ),
          runs(60),
        )
      },
    )

    test(
      'miss and double no row that is there all the time, while others come and go',
      { timeout: 120_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(
            sort,
            fc.integer({ min: 1, max: 9 }),
            fc.array(sampleRow, { minLength: 1, maxLength: 12 }),
            async (terms, limit, coming) => {
              const session = await ownerWith(40)
              const options = { sort: terms as never } as ListOptions
              const { rows } = await session((inner) => inner.use(Samples).list(options))
              const going = rows.filter((_, at) => at % 3 === 0)
              const seen: string[] = []
              let after: ListPosition | null = null
              do {
                // Each page in a session of its own, as of requests: what others do meanwhile is committed.
                const { rows: page, next }: Listing<Row<typeof models.Sample>> = await session((inner) =>
                  inner.use(Samples).list({ ...options, page: { limit }, after }),
                )
                seen.push(...page.map(({ id }) => id))
                after = next
                const [row, gone] = [coming.pop(), going.pop()]
                await session(async (inner) => {
                  if (row !== undefined) await inner.use(Samples).create(row as never)
                  if (gone !== undefined) await inner.use(Samples).delete(gone.id)
                })
              } while (after !== null)
              const stayed = rows.filter(({ id }, at) => at % 3 !== 0 || going.some((left) => left.id === id))
              expect(new Set(seen).size).toBe(seen.length)
              expect(seen.filter((id) => stayed.some((row) => row.id === id))).toEqual(stayed.map(({ id }) => id))
            },
          ),
          runs(6),
        )
      },
    )

    test('go on behind a row that is gone, and behind any row of the order', async () => {
      const session = await ownerWith(20)
      await session(async (inner) => {
        const samples = inner.use(Samples)
        const { rows } = await samples.list({ sort: ['-small', 'name'] })
        const [middle] = rows.slice(7)
        await samples.delete(middle?.id as string)
        const rest = await samples.list({ sort: ['-small', 'name'], after: middle as ListPosition })
        expect(rest.rows.map(({ id }) => id)).toEqual(rows.slice(8).map(({ id }) => id))
        expect(rest.next).toBeNull()
      })
    })

    test('give the fields asked for and what is included, and count every page', async () => {
      const session = await ownerWith(12)
      await session(async (inner) => {
        const samples = inner.use(Samples)
        const all = await samples.list({ sort: ['big'], total: true })
        const { rows, total, next } = await samples.list({
          sort: ['big'],
          fields: ['name'],
          page: { limit: 3 },
          after: null,
          total: true,
        })
        expect(rows).toEqual(all.rows.slice(0, 3).map(({ name }) => ({ name })))
        expect(total).toBe(all.total)
        expect(next).toEqual({ big: all.rows[2]?.big, id: all.rows[2]?.id })
        const last = await samples.list({ sort: ['big'], page: { limit: 100 }, after: next, total: true })
        expect(last).toMatchObject({ total: all.total, next: null })
        expect(await samples.list({ page: { limit: 12 }, after: null })).toMatchObject({ next: null })
      })
    })

    test('work over keys of several columns and keys that the database numbers', async () => {
      await open.db.session(everyone, async (session) => {
        const places = session.use(Places)
        const labels = ['x', null, 'y']
        await places.createMany(
          Array.from({ length: 30 }, (_, at) => ({
            shelf: `s${at % 4}`,
            at,
            label: labels[at % 3] ?? null,
          })),
        )
        for (const terms of [[], ['-shelf'], ['label', '-at'], ['-label']] as const) {
          const whole = await places.list({ sort: terms })
          const seen: unknown[] = []
          let after: ListPosition | null = null
          do {
            const { rows, next }: Listing<Row<typeof models.Place>> = await places.list({
              sort: terms,
              page: { limit: 4 },
              after,
            })
            seen.push(...rows)
            after = next
          } while (after !== null)
          expect(seen).toEqual(whole.rows)
        }
        const logs = session.use(Logs)
        await logs.createMany(Array.from({ length: 5 }, (_, at) => ({ line: `line ${at}` })))
        const { next } = await logs.list({ sort: ['-id'], page: { limit: 2 }, after: null })
        const rest = await logs.list({ sort: ['-id'], after: next })
        expect(rest.rows.map(({ line }) => line)).toEqual(['line 2', 'line 1', 'line 0'])
      })
    })

    test('order texts by their whole length, as they are compared', async () => {
      const session = await ownerWith(0)
      await session(async (inner) => {
        const samples = inner.use(Samples)
        const [row] = fc.sample(sampleRow, 1)
        for (const end of ['c', 'a', 'b']) await samples.create({ ...row, note: `${'x'.repeat(3_000)}${end}` } as never)
        const { rows } = await samples.list({ sort: ['note'] })
        expect(rows.map(({ note }) => note?.at(-1))).toEqual(['a', 'b', 'c'])
        const seen = await walked(samples, { sort: ['note'] }, 1)
        expect(seen).toEqual(rows.map(({ id }) => id))
      })
    })

    test('share one statement for positions of one shape', async () => {
      const session = await ownerWith(30)
      open.driver.calls.length = 0
      await session(async (inner) => {
        await walked(inner.use(Samples), { sort: ['-small'] }, 4)
      })
      const texts = new Set(open.driver.calls.filter((call) => /^select/i.test(call)))
      expect(texts.size).toBe(2)
    })

    test('refuse what is no position of the order', async () => {
      const session = await ownerWith(2)
      await session(async (inner) => {
        const samples = inner.use(Samples)
        const position = { small: 1, id: randomUUID() }
        const refused: readonly [ListOptions, RegExp][] = [
          [{ sort: ['small'], after: { id: position.id } }, /it has no small/],
          [{ sort: ['small'], after: { ...position, small: null } }, /its small is null/],
          [{ sort: ['small'], after: { ...position, small: '1' } }, /its small is no value of the column/],
          [{ sort: ['small'], after: { ...position, id: "'; drop table samples; --" } }, /its id is no value/],
          [{ sort: ['small'], after: Object.create(position) as ListPosition }, /it has no small/],
          [{ sort: ['small'], after: position, page: { limit: 2, offset: 1 } }, /its page has an offset/],
          [{ sort: ['small'], after: null, page: { page: 2, pageSize: 2 } }, /its page has an offset/],
        ]
        for (const [options, message] of refused) {
          await expect(samples.list(options)).rejects.toThrow(message)
          await expect(samples.list(options)).rejects.toMatchObject({ code: 'DAO_POSITION' })
        }
        await expect(samples.list({ after: null, page: { limit: 0 } })).rejects.toMatchObject({ code: 'DAO_PAGE' })
        await expect(samples.list({ after: undefined as never })).rejects.toMatchObject({ code: 'DAO_UNDEFINED' })
      })
    })
  },
  pageEngines,
)
