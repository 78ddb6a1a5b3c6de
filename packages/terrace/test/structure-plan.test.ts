import { describe, expect, test } from 'vitest'
import { createSchemaDialect } from '../src/dialects/postgres/index.ts'
import {
  bigint,
  graph,
  graphOf,
  integer,
  model,
  reference,
  uuid,
  type Columns,
  type ModelGraph,
} from '../src/model/index.ts'
import {
  blockingLimitRows,
  diffSnapshots,
  objectHash,
  planChanges,
  scratchCopy,
  snapshotOf,
  structureHash,
  type LiveStructure,
  type Plan,
} from '../src/schema/index.ts'

const dialect = createSchemaDialect({ product: 'PostgreSQL', version: '15.0' })

function shop(columns: Columns, options: object = {}): ModelGraph {
  return graphOf(graph({ Shop: model('shops', { id: uuid().primaryKey(), ...columns }, options as never) }))
}

function live(before: ModelGraph): LiveStructure {
  return {
    snapshot: snapshotOf(before, dialect),
    estimatedRows: {},
    otherObjects: {},
    opaque: [],
    hasJournal: true,
    leftovers: [],
  }
}

function plan(before: LiveStructure, after: ModelGraph): Plan {
  const declared = snapshotOf(after, dialect)
  const changes = diffSnapshots(before, { declared, canonical: declared })
  return planChanges(changes, {
    dialect,
    live: before,
    renames: [],
    mode: { kind: 'startup', allow: [], maintenance: false, blockingLimitRows },
    online: false,
    isOwned: () => true,
    wasDeclared: () => true,
    holdsType: () => false,
    isHandChanged: () => false,
  })
}

describe('a plan', () => {
  test('of two equal structures is empty', () => {
    const same = shop({ floor: bigint().range(0n, 9n) })
    expect(plan(live(same), same)).toMatchObject({ steps: [], drift: [], leftAlone: [], hazards: [] })
  })

  test('[edge 63] makes tables after those that they refer to, and closes circles at the end', () => {
    const First = model('a_first', { id: uuid().primaryKey(), lastId: reference('z_last', { key: uuid() }) })
    const Circle = model('b_circle', {
      id: uuid().primaryKey(),
      firstId: reference(First),
      otherId: reference('c_circle', { key: uuid() }),
    })
    const Other = model('c_circle', {
      id: uuid().primaryKey(),
      circleId: reference(Circle),
      ownId: reference('c_circle', { key: uuid() }),
    })
    const Last = model('z_last', { id: uuid().primaryKey() })
    const { steps } = plan(
      live(graphOf(graph({ Last: model('others', { id: uuid().primaryKey() }) }))),
      graphOf(graph({ First, Circle, Other, Last })),
    )
    const tables = steps.filter(({ phase }) => phase === 'table').map(({ table }) => table)
    expect(tables.indexOf('z_last')).toBeLessThan(tables.indexOf('a_first'))
    expect(tables.indexOf('a_first')).toBeLessThan(tables.indexOf('b_circle'))
    const trailing = steps.filter(({ phase }) => phase === 'foreignKey')
    expect(trailing).toHaveLength(1)
    expect(steps.at(-1)).toBe(trailing[0])
  })

  test('has the hazards of each step, the rows that stand against it and the way back', () => {
    const { steps } = plan(
      live(shop({ floor: integer() })),
      shop({ floor: integer().range(0, 9).unique() }, { indexes: [['floor']] }),
    )
    expect(
      steps.map(({ change, hazards, inverse, prechecks }) => [
        change,
        hazards.map((hazard) => hazard.class),
        inverse,
        prechecks.map(({ offending }) => offending),
      ]),
    ).toEqual([
      [
        'addUnique',
        ['dataDependent', 'blocking'],
        ['alter table "shops" drop constraint "uq_shops_floor"'],
        ['groups of rows with equal (floor)'],
      ],
      [
        'addCheck',
        ['dataDependent', 'blocking'],
        ['alter table "shops" drop constraint "ck_shops_floor_range"'],
        ['rows that break ("floor" between 0 and 9)'],
      ],
      ['addIndex', ['blocking'], ['drop index "ix_shops_floor"'], []],
    ])
  })
})

describe('hashes', () => {
  test('do not depend on the order of keys or columns, nor on the model fact', () => {
    expect(objectHash({ a: 1, b: [2, { c: 3, source: 'x' }] })).toBe(
      objectHash({ b: [2, { source: null, c: 3 }], a: 1 }),
    )
    const { shops } = snapshotOf(shop({ one: bigint(), two: bigint() }), dialect).tables
    const { shops: turned } = snapshotOf(shop({ two: bigint(), one: bigint() }), dialect).tables
    expect(structureHash(turned === undefined ? [] : [turned])).toBe(structureHash(shops === undefined ? [] : [shops]))
  })

  test('differ with any part of the structure', () => {
    const hashes = [
      shop({ one: bigint() }),
      shop({ one: bigint().nullable() }),
      shop({ one: integer() }),
      shop({ one: bigint().default(1n) }),
      shop({ one: bigint().unique() }),
      shop({ one: bigint() }, { indexes: [['one']] }),
      shop({ one: bigint() }, { indexes: [['-one']] }),
    ].map((made) => structureHash(Object.values(snapshotOf(made, dialect).tables)))
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

test('a scratch copy has names of its own, and gets the first ones back', () => {
  const { tables } = snapshotOf(shop({ floor: integer().range(0, 9) }), dialect)
  const copy = scratchCopy(Object.values(tables))
  expect(copy.tables).toMatchObject([{ name: '_terrace_c_0', foreignKeys: [], checks: [{ name: '_terrace_c_0_0' }] }])
  const read = Object.fromEntries(copy.tables.map((table) => [table.name, table]))
  expect(copy.restore({ tables: read }).tables).toMatchObject({
    shops: { name: 'shops', checks: [{ name: 'ck_shops_floor_range' }] },
  })
})
