import { expect, test } from 'vitest'
import { Dao, jsonArrayFrom, jsonObjectFrom } from '../../../src/dao/index.ts'
import { unscoped } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { openModels, type OpenModels } from '../../support/open-models.ts'
import { ann, families, ItemDao, models, SampleDao, useSamples, type Samples } from './samples.ts'

const oneSample = ({ as }: Pick<Samples, 'as'>): Promise<void> =>
  as(ann, async (session) => {
    const { id } = await session.use(SampleDao).create({ no: 1 })
    await session
      .use(ItemDao)
      .createMany(Array.from({ length: 1000 }, (_, no) => ({ sampleId: id, no, label: `${no} ${'x'.repeat(150)}` })))
  })

describeEngines(
  'large nested rows (B7)',
  (engine) => {
    const opened = useSamples(engine, oneSample)

    test('may have more columns than an engine’s functions take arguments', async () => {
      const names = Array.from({ length: 200 }, (_, at) => `c${at}`)
      const [found] = await opened().samples((dao) =>
        dao.select((query) =>
          query.clearSelect().select((eb) => {
            const wide = eb
              .selectFrom('items')
              .select((inner) => names.map((name, at) => inner('no', '+', at).as(name)))
              .orderBy('no')
            return [jsonObjectFrom(wide).as('first'), jsonArrayFrom(wide.limit(2)).as('two')]
          }),
        ),
      )
      const row = (no: number) => Object.fromEntries(names.map((name, at) => [name, no + at]))
      expect(found).toEqual({ first: row(0), two: [row(0), row(1)] })
    })

    test('may be many', async () => {
      const [found] = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [jsonArrayFrom(eb.selectFrom('items').select('no').orderBy('no', 'desc')).as('all')]),
        ),
      )
      expect(found?.all.map(({ no }) => no)).toEqual(Array.from({ length: 1000 }, (_, at) => 999 - at))
    })
  },
  families,
)

describeEngines(
  'a list that the server cuts off (B7)',
  (engine) => {
    const cut = async ({ db, driver }: OpenModels, bytes: number) => {
      const connection = await driver.acquire({ access: 'write', timeoutMs: 2000 })
      const set = { sql: `set session group_concat_max_len = ${bytes}`, parameters: [], returnsRows: false }
      await connection.execute(set)
      await driver.release(connection)
      return db.session(ann, (session) =>
        session
          .use(SampleDao)
          .select((query) =>
            query
              .clearSelect()
              .select((eb) => [
                jsonArrayFrom(eb.selectFrom('items').select('no').where('no', '<', 20).orderBy('no')).as('items'),
              ]),
          ),
      )
    }

    test('is an error, also where it is cut between two rows', async () => {
      const opened = await openModels(engine, models)
      const { db } = opened
      try {
        await db.session(unscoped('owners of the tests'), (session) =>
          session.use(Dao(models.Device)).create({ id: 'ann' }),
        )
        await oneSample({ as: (scope, work) => db.session(scope, work) })
        // [0],[1],[2],… : at 11 bytes three rows are whole.
        for (const bytes of [10, 11, 12, 40]) {
          await expect(cut(opened, bytes)).rejects.toMatchObject({
            code: 'SCOPE_LIST_CUT',
            remedy: expect.stringContaining('Limit'),
          })
        }
        expect((await cut(opened, 4000))[0]?.items).toHaveLength(20)
      } finally {
        await db.close()
      }
    })
  },
  ['mysql'],
)
