import { describe, expect, test } from 'vitest'
import { jsonArrayFrom, jsonObjectFrom } from '../../../src/dao/index.ts'
import type { Session } from '../../../src/database/index.ts'
import type { TerraceError } from '../../../src/errors/index.ts'
import { describeEngines, type EngineUnderTest } from '../../support/describe-engines.ts'
import {
  ann,
  ben,
  families,
  ItemDao,
  PartDao,
  SampleDao,
  useSamples,
  type Samples,
  type SampleValues,
} from './samples.ts'

const odd: readonly SampleValues[] = [
  {
    no: 1,
    name: 'Ann “quotes” \\ and \n lines',
    body: '😀 \u007f \u2028 ü é \t "" \' , ] [ } {',
    kind: 'small',
    wide: 9_223_372_036_854_775_807n,
    price: '12345678.9012',
    ratio: 0.1 + 0.2,
    isOpen: true,
    at: new Date('1960-02-29T23:59:59.999Z'),
    exactly: '2026-12-31T23:59:59.999999Z',
    day: '2024-02-29',
    clock: '23:59:59',
    facts: { 'a"b': [1, 1.5, null, 'x\\y', { deep: true }], __proto__: 1, '': [] },
    moments: [new Date(0), new Date('9999-12-31T23:59:59.999Z')],
    data: new Uint8Array([0, 255, 10, 34, 92]),
  },
  {
    no: 2,
    name: '',
    body: '',
    data: new Uint8Array([]),
    wide: -9_007_199_254_740_993n,
    price: '-0.0001',
    ratio: 5e-324,
    isOpen: false,
  },
  { no: 3, ratio: -1.7976931348623157e308, at: new Date('0001-01-01T00:00:00.000Z'), facts: 'text', moments: [] },
]

async function fill({ as }: Samples): Promise<void> {
  for (const scope of [ann, ben]) {
    await as(scope, async (session) => {
      const samples = await session.use(SampleDao).createMany(odd)
      const items = session.use(ItemDao)
      const parts = session.use(PartDao)
      for (const [at, { id }] of samples.slice(0, 2).entries()) {
        const made = await items.createMany(
          [3, 1, 2].map((no) => ({
            sampleId: id,
            no,
            label: `${no} "😀"`,
            wide: BigInt(no),
            at: new Date(no * 1000 + at),
          })),
        )
        for (const item of made) {
          await parts.createMany(
            [1, 2].map((no) => ({ itemId: item.id, no, price: `${no}.5000`, data: new Uint8Array([no, 0]) })),
          )
        }
        await items.delete((made[2] as { readonly id: string }).id)
      }
    })
  }
}

/** By one statement for each model, which is what the nested query must be equal to. */
async function byHand(session: Session) {
  const [samples, items, parts] = [session.use(SampleDao), session.use(ItemDao), session.use(PartDao)]
  const { rows } = await samples.list({ sort: ['no'] })
  const allItems = (await items.list({ sort: ['no'] })).rows
  const allParts = (await parts.list({ sort: ['no'] })).rows
  return rows.map((sample) => ({
    ...sample,
    items: allItems
      .filter(({ sampleId }) => sampleId === sample.id)
      .map((item) => ({ ...item, parts: allParts.filter(({ itemId }) => itemId === item.id) })),
  }))
}

describeEngines(
  'rows nested in rows (B7, X1)',
  (engine) => {
    const opened = useSamples(engine, fill)

    const nested = (session: Session) =>
      session.use(SampleDao).select((query) =>
        query.orderBy('no').select((eb) => [
          jsonArrayFrom(
            eb
              .selectFrom('items')
              .selectAll('items')
              .select((inner) => [
                jsonArrayFrom(
                  inner.selectFrom('parts').selectAll().whereRef('parts.itemId', '=', 'items.id').orderBy('parts.no'),
                ).as('parts'),
              ])
              .whereRef('items.sampleId', '=', 'samples.id')
              .orderBy('items.no'),
          ).as('items'),
        ]),
      )

    test('are the rows that a statement for each model gives: of one owner, alive, in order, decoded', async () => {
      const [found, expected] = await opened().as(ann, async (session) => [
        await nested(session),
        await byHand(session),
      ])
      expect(found).toEqual(expected)
      expect(found.map(({ items }) => items.map(({ no, parts }) => [no, parts.length]))).toEqual([
        [
          [1, 2],
          [3, 2],
        ],
        [
          [1, 2],
          [3, 2],
        ],
        [],
      ])
    })

    test('hold each type’s value as a row of its own does', async () => {
      const found = await opened().samples((dao) =>
        dao.query((db) =>
          db
            .selectFrom('devices')
            .select((eb) => [
              jsonArrayFrom(eb.selectFrom('samples').selectAll().orderBy('no')).as('list'),
              jsonObjectFrom(eb.selectFrom('samples').selectAll().orderBy('no', 'desc')).as('last'),
            ]),
        ),
      )
      const { rows } = await opened().samples((dao) => dao.list({ sort: ['no'] }))
      expect(found).toEqual([{ list: rows, last: rows[2] }])
      expect(found[0]?.list[0]).toMatchObject(odd[0] as object)
      expect(Object.getPrototypeOf(found[0]?.last)).toBe(Object.prototype)
    })

    test('are none for no rows, and null for no row', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => {
              const none = eb.selectFrom('items').select('no').where('no', '>', 99)
              return [jsonArrayFrom(none).as('list'), jsonObjectFrom(none).as('one')]
            })
            .limit(1),
        ),
      )
      expect(found).toEqual([{ list: [], one: null }])
    })

    test('keep limit and offset, and the order of what is not selected', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => {
              const items = eb.selectFrom('items').select('label').whereRef('sampleId', '=', 'samples.id')
              return [
                jsonArrayFrom(items.orderBy('no', 'desc').limit(1)).as('first'),
                jsonArrayFrom(items.orderBy('no', 'desc').limit(5).offset(1)).as('second'),
                jsonArrayFrom(items.orderBy('no').offset(7)).as('beyond'),
                jsonArrayFrom(items.limit(0)).as('none'),
                jsonObjectFrom(items.orderBy('no').offset(1).limit(9)).as('next'),
                jsonObjectFrom(items.limit(0)).as('nothing'),
              ]
            })
            .where('no', '=', 1),
        ),
      )
      expect(found).toEqual([
        {
          first: [{ label: '3 "😀"' }],
          second: [{ label: '1 "😀"' }],
          beyond: [],
          none: [],
          next: { label: '3 "😀"' },
          nothing: null,
        },
      ])
    })

    test('may be computed: counts, sums, conditions, what is grouped', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              'no',
              jsonObjectFrom(
                eb
                  .selectFrom('items')
                  .select(({ fn, eb: inner }) => [
                    fn.countAll<number>().as('count'),
                    fn.sum<bigint>('wide').as('sum'),
                    fn.max('at').as('last'),
                    inner(fn.countAll(), '>', 1).as('isMany'),
                    fn.avg<number>('no').as('mean'),
                  ])
                  .whereRef('sampleId', '=', 'samples.id'),
              ).as('figures'),
              jsonArrayFrom(
                eb
                  .selectFrom('parts')
                  .select(({ fn }) => ['parts.no', fn.sum<string>('price').as('price')])
                  .groupBy('parts.no')
                  .orderBy('parts.no', 'desc'),
              ).as('prices'),
            ])
            .where('no', '<>', 3)
            .orderBy('no'),
        ),
      )
      const prices = [
        { no: 2, price: '10.0000' },
        { no: 1, price: '6.0000' },
      ]
      expect(found).toEqual([
        { no: 1, figures: { count: 2, sum: 4n, last: new Date(3000), isMany: true, mean: 2 }, prices },
        { no: 2, figures: { count: 2, sum: 4n, last: new Date(3001), isMany: true, mean: 2 }, prices },
      ])
    })

    test('come through sub-queries, CTEs, unions and CASE as what they are', async () => {
      const found = await opened().samples((dao) =>
        dao.query((db) =>
          db
            .with('lists', (inner) =>
              inner
                .selectFrom('samples')
                .select((eb) => [
                  'no',
                  jsonArrayFrom(
                    eb.selectFrom('items').select(['wide']).whereRef('sampleId', '=', 'samples.id').orderBy('no'),
                  ).as('list'),
                ]),
            )
            .selectFrom('lists')
            .select((eb) => [
              'lists.no',
              'lists.list',
              eb.case().when('lists.no', '=', 1).then(eb.ref('lists.list')).end().as('first'),
              jsonObjectFrom(
                eb.selectFrom('lists as same').select(['same.list']).whereRef('same.no', '=', 'lists.no'),
              ).as('again'),
            ])
            .unionAll((eb) =>
              eb
                .selectFrom('lists')
                .select((inner) => [
                  'lists.no',
                  'lists.list',
                  inner.val<{ wide: bigint | null }[] | null>(null).as('first'),
                  jsonObjectFrom(inner.selectFrom('lists as none').select(['none.list']).where('none.no', '>', 9)).as(
                    'again',
                  ),
                ]),
            )
            .orderBy('no'),
        ),
      )
      const list = [{ wide: 1n }, { wide: 3n }]
      expect(found.slice(0, 2)).toEqual(
        expect.arrayContaining([
          { no: 1, list, first: list, again: { list } },
          { no: 1, list, first: null, again: null },
        ]),
      )
      expect(found.at(-1)).toMatchObject({ no: 3, list: [] })
    })

    test('may be asked for in a condition: whether there is one', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select('no')
            .where((eb) =>
              eb(
                jsonObjectFrom(eb.selectFrom('items').select('no').whereRef('sampleId', '=', 'samples.id')),
                'is',
                null,
              ),
            ),
        ),
      )
      expect(found).toEqual([{ no: 3 }])
    })

    describeUnions(engine, opened)
  },
  families,
)

/** What is united or distinct, and names a column around it: where a query in FROM may. */
function describeUnions(engine: EngineUnderTest, opened: () => Samples): void {
  const ask = () =>
    opened().samples((dao) =>
      dao.select((query) =>
        query
          .clearSelect()
          .select((eb) => [
            jsonArrayFrom(
              eb
                .selectFrom('items')
                .select('label')
                .distinct()
                .whereRef('sampleId', '=', 'samples.id')
                .orderBy('label'),
            ).as('labels'),
          ])
          .where('no', '=', 1),
      ),
    )

  describe('rows that are made of several', () => {
    test('are gathered, or refused with the way out', async () => {
      const found = await ask().catch((error: TerraceError) => [error.code, error.remedy])
      const remedy = 'Group in a sub-query of its FROM or in a CTE, and name the column in the where around that'
      const labels = [{ labels: [{ label: '1 "😀"' }, { label: '3 "😀"' }] }]
      expect(found).toEqual(engine.name === 'mysql' ? ['SCOPE_UNSUPPORTED', remedy] : labels)
    })

    test('may stand in a sub-query of FROM, with the condition around it', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              jsonArrayFrom(
                eb
                  .selectFrom(
                    eb
                      .selectFrom('items')
                      .select(({ fn }) => ['sampleId', fn.countAll<number>().as('count')])
                      .groupBy('sampleId')
                      .as('counted'),
                  )
                  .select('counted.count')
                  .whereRef('counted.sampleId', '=', 'samples.id'),
              ).as('counts'),
            ])
            .orderBy('no'),
        ),
      )
      expect(found).toEqual([{ counts: [{ count: 2 }] }, { counts: [{ count: 2 }] }, { counts: [] }])
    })
  })
}
