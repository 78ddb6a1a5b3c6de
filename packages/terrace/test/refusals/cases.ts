import {
  bigint,
  boolean,
  date,
  decimal,
  float,
  identity,
  integer,
  json,
  model,
  oneOf,
  reference,
  smallint,
  softDelete,
  text,
  timestamp,
  uuid,
  type Columns,
} from '../../src/model/index.ts'

export type Declared = readonly [columns: Columns, options?: object]
export type Row = Readonly<Record<string, unknown>>
type Quote = (name: string) => string

/** A model as it was and as it became; its table has the name of the case in snake case. */
export interface RefusalCase {
  /** Null: the model was not there yet, or is gone. */
  readonly before: Declared | null
  readonly after: Declared | null
  /** By property, as before; each gets a key of its own unless it names one. */
  readonly rows?: readonly Row[]
  /** What a person does between the two starts; `before` runs before the first. */
  readonly byHand?: (table: string, q: Quote) => readonly string[]
  readonly byHandFirst?: (table: string, q: Quote) => readonly string[]
  /** Where the model has another table afterwards. */
  readonly tableAfter?: string
}

export type Cases = Readonly<Record<string, RefusalCase>>

export const Town = model('towns', { id: uuid().primaryKey() })
const toTown = reference(Town)
const short = text().length(1, 9)

/** What is refused whatever rows there are: guesses, what is not ours, what cannot be, what loses or breaks something. */
export const planned: Cases = {
  suspectedRename: { before: [{ title: short.unique() }], after: [{ name: short.unique() }] },
  suspectedRenameOfColumnNamedByHand: {
    before: [{ kcal: integer().column('kcalPer100').nullable() }],
    after: [{ energy: integer().nullable() }],
  },
  suspectedRenameWithCompanion: {
    before: [{ title: short.ignoreCase().unique() }],
    after: [{ name: short.ignoreCase().unique() }],
  },
  suspectedTableRename: {
    before: [{ name: short, floor: integer() }],
    after: [{ name: short, floor: integer() }],
    tableAfter: 'suspected_table_renamed',
  },
  bothColumns: {
    before: [{ title: short }],
    after: [{ name: short.renamedFrom('title') }],
    byHand: (table, q) => [`alter table ${q(table)} add column ${q('name')} text`],
  },
  bothTables: {
    before: [{ title: short }],
    after: [{ title: short }, { renamedFrom: 'both_tables' }],
    tableAfter: 'both_tables_now',
    byHand: (_, q) => [`create table ${q(`both_tables_now`)} (${q('id')} integer not null primary key)`],
  },
  renamedColumn: { before: [{ title: short }], after: [{ name: short.renamedFrom('title') }] },
  renamedTable: {
    before: [{ title: short }],
    after: [{ title: short }, { renamedFrom: 'renamed_table' }],
    tableAfter: 'renamed_table_now',
  },
  columnInTheWay: { before: [{ title: short, floor: bigint() }], after: [{ title: short }] },
  columnOfOthersInTheWay: {
    before: null,
    after: [{}],
    byHandFirst: (table, q) => [
      `create table ${q(table)} (${q('id')} integer not null primary key, ${q('colour')} integer not null)`,
    ],
  },
  uniqueInTheWay: { before: [{ name: short.unique() }], after: [{ name: short }] },
  checkInTheWay: { before: [{ floor: bigint().range(0n, 9n) }], after: [{ floor: bigint() }] },
  rowRuleInTheWay: {
    before: [{ one: bigint().nullable(), two: bigint().nullable() }, { atLeastOne: [['one', 'two']] }],
    after: [{ one: bigint().nullable(), two: bigint().nullable() }],
  },
  referenceInTheWay: { before: [{ townId: toTown }], after: [{ townId: uuid() }] },
  conditionalUniqueInTheWay: {
    before: [{ name: short, isMain: boolean() }, { uniques: [{ columns: ['name'], where: { isMain: true } }] }],
    after: [{ name: short, isMain: boolean() }],
  },
  noValueForOthers: { before: [{}], after: [{ floor: bigint() }] },
  noReferenceForOthers: { before: [{}], after: [{ townId: toTown }] },
  noLongerNumbered: { before: [{ id: identity() }], after: [{ id: integer().primaryKey() }] },
  anotherKey: { before: [{ floor: bigint() }], after: [{ id: uuid(), floor: bigint().primaryKey() }] },
  keyOfTwo: { before: [{ floor: bigint() }], after: [{ floor: bigint().primaryKey() }] },
  numberToText: { before: [{ floor: bigint() }], after: [{ floor: short }] },
  textToNumber: { before: [{ name: short }], after: [{ name: bigint() }] },
  textToDate: { before: [{ name: short }], after: [{ name: date() }] },
  textToJson: { before: [{ name: short }], after: [{ name: json() }] },
  textToUuid: { before: [{ name: short }], after: [{ name: uuid() }] },
  numberToMoment: { before: [{ floor: bigint() }], after: [{ floor: timestamp() }] },
  numberToYesOrNo: { before: [{ floor: integer() }], after: [{ floor: boolean() }] },
  fractionToNumber: { before: [{ ratio: float() }], after: [{ ratio: integer() }] },
  fractionToDecimal: { before: [{ ratio: float() }], after: [{ ratio: decimal(8, 2) }] },
  momentToDate: { before: [{ at: timestamp() }], after: [{ at: date() }] },
  microsecondsToMilliseconds: { before: [{ at: timestamp({ precision: 6 }) }], after: [{ at: timestamp() }] },
  jsonToText: { before: [{ note: json() }], after: [{ note: text() }] },
  fineDigits: {
    before: [{ price: decimal(12, 3) }],
    after: [{ price: decimal(12, 1) }],
    rows: [{ price: '1.125' }],
  },
  ofOthers: {
    before: null,
    after: [{ floor: bigint().nullable() }],
    byHandFirst: (table, q) => [`create table ${q(table)} (${q('id')} integer not null primary key)`],
  },
  nameOfView: {
    before: null,
    after: [{}],
    byHandFirst: (table, q) => [`create view ${q(table)} as select 1 as id`],
  },
}

/** What is refused because of the rows that are there, whoever is at work. */
export const offended: Cases = {
  missingValues: {
    before: [{ floor: bigint().nullable() }],
    after: [{ floor: bigint() }],
    rows: [{ floor: null }, { floor: null }, { floor: 1n }],
  },
  longValues: {
    before: [{ name: text().length(1, 40) }],
    after: [{ name: text().length(1, 12) }],
    rows: [{ name: 'thirteen char' }, { name: 'x' }],
  },
  longTexts: {
    before: [{ name: text() }],
    after: [{ name: text().length(1, 12) }],
    rows: [{ name: 'thirteen char' }],
  },
  largeNumbers: { before: [{ floor: bigint() }], after: [{ floor: integer() }], rows: [{ floor: 2n ** 31n }] },
  largerThanSmall: { before: [{ floor: integer() }], after: [{ floor: smallint() }], rows: [{ floor: 32_768 }] },
  manyDigits: {
    before: [{ price: decimal(12, 2) }],
    after: [{ price: decimal(6, 2) }],
    rows: [{ price: '12345.00' }],
  },
  duplicates: {
    before: [{ name: short }],
    after: [{ name: short.unique() }],
    rows: [{ name: 'Corner' }, { name: 'Corner' }, { name: 'Market' }],
  },
  duplicatesOfTwo: {
    before: [{ name: short, floor: bigint() }],
    after: [{ name: short, floor: bigint() }, { uniques: [['name', 'floor']] }],
    rows: [
      { name: 'Corner', floor: 1n },
      { name: 'Corner', floor: 1n },
    ],
  },
  duplicatesAmongSome: {
    before: [{ name: short, isMain: boolean() }],
    after: [{ name: short, isMain: boolean() }, { uniques: [{ columns: ['name'], where: { isMain: true } }] }],
    rows: [
      { name: 'Corner', isMain: true },
      { name: 'Corner', isMain: true },
    ],
  },
  duplicatesOnceDeletedRowsCount: {
    before: [{ name: short, ...softDelete() }, { uniques: [['name']] }],
    after: [{ name: short, ...softDelete() }, { uniques: [{ columns: ['name'], global: true }] }],
    rows: [{ name: 'Corner', deletedAt: new Date(0) }, { name: 'Corner' }],
  },
  duplicateDefaults: {
    before: [{}],
    after: [{ floor: integer().default(4).unique() }],
    rows: [{}, {}],
  },
  orphans: {
    before: [{ townId: uuid() }],
    after: [{ townId: toTown }],
    rows: [{ townId: '00000000-0000-7000-8000-0000000000ff' }],
  },
  outOfRange: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint().range(0n, 9n) }],
    rows: [{ floor: 10n }, { floor: -1n }],
  },
  outOfNarrowerRange: {
    before: [{ floor: bigint().range(0n, 99n) }],
    after: [{ floor: bigint().range(0n, 9n) }],
    rows: [{ floor: 10n }],
  },
  choiceGone: { before: [{ kind: oneOf('a', 'b') }], after: [{ kind: oneOf('b', 'c') }], rows: [{ kind: 'a' }] },
  tooShort: {
    before: [{ name: text().length(0, 9) }],
    after: [{ name: text().length(1, 9) }],
    rows: [{ name: '' }],
  },
  brokenRowRule: {
    before: [{ one: bigint().nullable(), two: bigint().nullable() }],
    after: [{ one: bigint().nullable(), two: bigint().nullable() }, { exactlyOne: [['one', 'two']] }],
    rows: [{ one: 1n, two: 1n }, {}],
  },
  noValueForRows: { before: [{}], after: [{ floor: bigint() }], rows: [{}, {}, {}] },
  noFoldedValueForRows: {
    before: [{ name: short }],
    after: [{ name: short.ignoreCase() }],
    rows: [{ name: 'Corner' }],
  },
  duplicateKeys: {
    before: [{ floor: bigint() }],
    after: [{ id: uuid(), floor: bigint().primaryKey() }],
    rows: [{ floor: 1n }, { floor: 1n }],
  },
  missingKeys: {
    before: [{ floor: bigint().nullable() }],
    after: [{ id: uuid(), floor: bigint().primaryKey() }],
    rows: [{ floor: null }],
  },
  renamedOntoMissingValues: {
    before: [{ title: short.nullable() }],
    after: [{ name: short.renamedFrom('title') }],
    rows: [{ title: null }],
  },
}

/** What would keep others from a table that has more rows than a start may block. */
export const blocking: Cases = {
  index: {
    before: [{ floor: bigint() }],
    after: [{ floor: bigint() }, { indexes: [['floor']] }],
    rows: [{ floor: 1n }],
  },
  uniqueRule: { before: [{ name: short }], after: [{ name: short.unique() }], rows: [{ name: 'x' }] },
  rule: { before: [{ floor: bigint() }], after: [{ floor: bigint().range(0n, 9n) }], rows: [{ floor: 1n }] },
  type: { before: [{ floor: integer() }], after: [{ floor: bigint() }], rows: [{ floor: 1 }] },
  presence: { before: [{ floor: bigint().nullable() }], after: [{ floor: bigint() }], rows: [{ floor: 1n }] },
}

/** What a person has changed by hand, seen by the policy `check`. */
export const byHand: Cases = {
  indexByHand: {
    before: [{ floor: bigint() }, { indexes: [['floor']] }],
    after: [{ floor: bigint() }, { indexes: [['floor']] }],
    byHand: (table, q) => [
      `drop index ${q('ix_index_by_hand_floor')}${q('x').startsWith('`') ? ` on ${q(table)}` : ''}`,
      `create index ${q('ix_index_by_hand_floor')} on ${q(table)} (${q('floor')}, ${q('id')})`,
    ],
  },
  columnGone: {
    before: [{ floor: bigint(), area: bigint().nullable() }],
    after: [{ floor: bigint(), area: bigint().nullable() }],
    byHand: (table, q) => [`alter table ${q(table)} drop column ${q('area')}`],
  },
  newTable: { before: null, after: [{ floor: bigint() }] },
}
