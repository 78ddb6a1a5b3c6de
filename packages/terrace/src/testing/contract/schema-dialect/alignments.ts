import {
  bigint,
  boolean,
  decimal,
  identity,
  integer,
  model,
  oneOf,
  reference,
  smallint,
  softDelete,
  text,
  uuid,
  type Columns,
} from '../../../model/index.ts'

export type Declared = readonly [columns: Columns, options?: object]
export type Row = Readonly<Record<string, unknown>>

export interface Alignment {
  readonly before: Declared
  readonly after: Declared
  /** By property, as before. */
  readonly row: Row
  /** By the names in the database, as texts. */
  readonly becomes: Readonly<Record<string, string | null>>
}

export const key = '00000000-0000-7000-8000-000000000001'
export const Town = model('towns', { id: uuid().primaryKey() })
const townId = reference(Town, { onDelete: 'cascade' })

/** What the rows that are there prove to lose nothing, and no other release minds. */
export const proven: Readonly<Record<string, Alignment>> = {
  longerText: {
    before: [{ name: text().length(1, 10) }],
    after: [{ name: text().length(1, 20) }],
    row: { name: 'Corner' },
    becomes: { name: 'Corner' },
  },
  shorterText: {
    before: [{ name: text().length(0, 40) }],
    after: [{ name: text().length(0, 12) }],
    row: { name: 'twelve chars' },
    becomes: { name: 'twelve chars' },
  },
  boundedText: {
    before: [{ name: text() }],
    after: [{ name: text().length(1, 20) }],
    row: { name: 'größer' },
    becomes: { name: 'größer' },
  },
  largerNumber: {
    before: [{ floor: integer() }],
    after: [{ floor: bigint() }],
    row: { floor: -2_147_483_648 },
    becomes: { floor: '-2147483648' },
  },
  smallerNumber: {
    before: [{ floor: bigint() }],
    after: [{ floor: smallint() }],
    row: { floor: 32_767n },
    becomes: { floor: '32767' },
  },
  moreDigits: {
    before: [{ price: decimal(6, 2) }],
    after: [{ price: decimal(12, 2) }],
    row: { price: '1234.56' },
    becomes: { price: '1234.56' },
  },
  fewerDigits: {
    before: [{ price: decimal(12, 2) }],
    after: [{ price: decimal(6, 2) }],
    row: { price: '1234.56' },
    becomes: { price: '1234.56' },
  },
  required: {
    before: [{ floor: bigint().nullable() }],
    after: [{ floor: bigint() }],
    row: { floor: 3n },
    becomes: { floor: '3' },
  },
  optional: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().nullable() }],
    row: { floor: 3n },
    becomes: { floor: '3' },
  },
  newDefault: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().default(2n) }],
    row: { floor: 1n },
    becomes: { floor: '1' },
  },
  anotherDefault: {
    before: [{ name: text().length(0, 20).default('one') }],
    after: [{ name: text().length(0, 20).default("it's two") }],
    row: {},
    becomes: { name: 'one' },
  },
  noDefault: {
    before: [{ floor: bigint().default(1n) }],
    after: [{ floor: bigint() }],
    row: {},
    becomes: { floor: '1' },
  },
  anotherRange: {
    before: [{ floor: bigint().range(0n, 9n) }],
    after: [{ floor: bigint().range(5n, 100n) }],
    row: { floor: 9n },
    becomes: { floor: '9' },
  },
  newRange: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().range(0n, 9n) }],
    row: { floor: 9n },
    becomes: { floor: '9' },
  },
  anotherChoice: {
    before: [{ kind: oneOf('a', 'b') }],
    after: [{ kind: oneOf('b', 'c', 'longer than before') }],
    row: { kind: 'b' },
    becomes: { kind: 'b' },
  },
  newRowRule: {
    before: [{ one: bigint().nullable(), two: bigint().nullable() }],
    after: [{ one: bigint().nullable(), two: bigint().nullable() }, { exactlyOne: [['one', 'two']] }],
    row: { one: 1n },
    becomes: { one: '1', two: null },
  },
  newUnique: {
    before: [{ name: text().length(1, 20) }],
    after: [{ name: text().length(1, 20).unique() }],
    row: { name: 'Corner' },
    becomes: { name: 'Corner' },
  },
  softDeleted: {
    before: [{ name: text().length(1, 20).unique() }],
    after: [{ name: text().length(1, 20).unique(), ...softDelete() }],
    row: { name: 'Corner' },
    becomes: { name: 'Corner', deleted_at: null },
  },
  limitedUnique: {
    before: [{ name: text().length(1, 20), isMain: boolean() }, { uniques: [['name']] }],
    after: [
      { name: text().length(1, 20), isMain: boolean() },
      { uniques: [{ columns: ['name'], where: { isMain: true } }] },
    ],
    row: { name: 'Corner', isMain: true },
    becomes: { name: 'Corner' },
  },
  anotherDirection: {
    before: [{ floor: bigint() }, { indexes: [['floor']] }],
    after: [{ floor: bigint() }, { indexes: [['-floor']] }],
    row: { floor: 1n },
    becomes: { floor: '1' },
  },
  anotherAction: {
    before: [{ townId }],
    after: [{ townId: reference(Town, { onDelete: 'restrict' }) }],
    row: { townId: key },
    becomes: { town_id: key },
  },
  newReference: {
    before: [{ townId: uuid() }],
    after: [{ townId }],
    row: { townId: key },
    becomes: { town_id: key },
  },
  numbered: {
    before: [{ id: integer().primaryKey(), note: text().nullable() }],
    after: [{ id: identity(), note: text().nullable() }],
    row: { id: 7 },
    becomes: { id: '7' },
  },
  manyAtOnce: {
    before: [{ name: text().length(1, 10).nullable(), floor: integer() }, { indexes: [['floor']] }],
    after: [
      {
        name: text().length(1, 20).default('none').unique(),
        floor: bigint().range(0n, 9n).nullable(),
        area: integer().nullable(),
      },
      { indexes: [['floor'], ['name', 'floor']] },
    ],
    row: { name: 'Corner', floor: 4 },
    becomes: { name: 'Corner', floor: '4', area: null },
  },
}

/** What other releases would mind, or what rows do not prove: done when a person says that nobody else is at work. */
export const maintained: Readonly<Record<string, Alignment>> = {
  renamedColumn: {
    before: [{ title: text().length(1, 9).ignoreCase().unique() }, { indexes: [['title', '-id']] }],
    after: [{ name: text().length(1, 9).ignoreCase().unique().renamedFrom('title') }, { indexes: [['name', '-id']] }],
    row: { title: 'Corner' },
    becomes: { name: 'Corner', name_folded: 'corner' },
  },
  renamedAndMore: {
    before: [{ title: text().length(1, 9).nullable() }],
    after: [{ name: text().length(1, 30).default('none').renamedFrom('title') }],
    row: { title: 'Corner' },
    becomes: { name: 'Corner' },
  },
  swapped: {
    before: [
      { one: bigint().range(0n, 9n), two: bigint() },
      { uniques: [['one']], indexes: [['two']] },
    ],
    after: [
      { one: bigint().renamedFrom('two'), two: bigint().range(0n, 9n).renamedFrom('one') },
      { uniques: [['two']], indexes: [['one']] },
    ],
    row: { one: 1n, two: 22n },
    becomes: { one: '22', two: '1' },
  },
  chained: {
    before: [{ one: integer().range(0, 9), two: text().length(1, 9) }],
    after: [{ two: integer().range(0, 9).renamedFrom('one'), three: text().length(1, 9).renamedFrom('two') }],
    row: { one: 1, two: 'Corner' },
    becomes: { two: '1', three: 'Corner' },
  },
  anotherCase: {
    before: [{ size: integer().range(0, 9) }],
    after: [{ size: integer().range(0, 9).column('SIZE').renamedFrom('size') }],
    row: { size: 4 },
    becomes: { SIZE: '4' },
  },
  renamedMarker: {
    before: [
      { title: text().length(1, 9), isMain: boolean() },
      { uniques: [{ columns: ['title'], where: { isMain: true } }] },
    ],
    after: [
      { name: text().length(1, 9).renamedFrom('title'), isMain: boolean() },
      { uniques: [{ columns: ['name'], where: { isMain: true } }] },
    ],
    row: { title: 'Corner', isMain: true },
    becomes: { name: 'Corner' },
  },
  anotherKey: {
    before: [{ floor: bigint() }],
    after: [{ id: uuid(), floor: bigint().primaryKey() }],
    row: { floor: 1n },
    becomes: { id: key, floor: '1' },
  },
  renumbered: {
    before: [{ id: identity() }],
    after: [{ id: integer().primaryKey() }],
    row: { id: 4 },
    becomes: { id: '4' },
  },
}
