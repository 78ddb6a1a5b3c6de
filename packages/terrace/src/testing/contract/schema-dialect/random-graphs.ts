import * as fc from 'fast-check'
import {
  actor,
  array,
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  float,
  graph,
  graphOf,
  identity,
  integer,
  json,
  model,
  oneOf,
  owner,
  reference,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
  type Column,
  type Columns,
  type Model,
  type ModelGraph,
} from '../../../model/index.ts'

const quirky = fc.constantFrom(
  'plain',
  "it's",
  'back\\slash',
  '"quoted"',
  'größer',
  '😀',
  '',
  '%s ? $1 :x',
  '-- no',
  '/* no */',
)

/** A column of each type with the rules and defaults it can have; `isKey` says that it may be indexed on every engine. */
const columnKinds: readonly { readonly isKey: boolean; readonly column: fc.Arbitrary<Column> }[] = [
  { isKey: true, column: fc.constantFrom<Column>(uuid(), uuid().nullable()) },
  {
    isKey: true,
    column: fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 12, max: 60 }), fc.option(quirky), fc.boolean())
      .map(([min, max, fallback, isFolded]): Column => {
        const plain = text().length(min, max)
        const folded = isFolded ? plain.ignoreCase() : plain
        return fallback === null || [...fallback].length < min ? folded : folded.default(fallback)
      }),
  },
  { isKey: false, column: fc.constantFrom<Column>(text(), text().nullable()) },
  {
    isKey: true,
    column: fc
      .tuple(fc.option(fc.integer({ min: -9, max: 0 })), fc.option(fc.integer({ min: 1, max: 99 })), fc.boolean())
      .map(([min, max, isNullable]): Column => {
        const ranged = min === null && max === null ? integer() : integer().range(min, max)
        return isNullable ? ranged.nullable() : ranged.default(1)
      }),
  },
  { isKey: true, column: fc.constantFrom<Column>(smallint(), smallint().nullable().default(-3)) },
  { isKey: true, column: fc.constantFrom<Column>(bigint(), bigint().default(-(2n ** 60n)), bigint().range(null, 9n)) },
  {
    isKey: true,
    column: fc
      .tuple(fc.integer({ min: 3, max: 18 }), fc.integer({ min: 0, max: 2 }))
      .map(([precision, scale]): Column => decimal(precision, scale).range('-1', null).default('1')),
  },
  { isKey: false, column: fc.constantFrom<Column>(float(), float().default(-0.25), float().range(0, 1e21)) },
  { isKey: true, column: fc.constantFrom<Column>(boolean(), boolean().default(false), boolean().nullable()) },
  {
    isKey: true,
    column: fc.constantFrom<Column>(timestamp(), timestamp().default(new Date(0)), timestamp({ precision: 6 })),
  },
  {
    isKey: true,
    column: fc.constantFrom<Column>(
      date(),
      date().default('2000-02-29'),
      time().nullable(),
      time().default('00:00:00'),
    ),
  },
  {
    isKey: false,
    column: fc.constantFrom<Column>(json(), json().default({ "it's": ['\\', null] }), array(integer()).default([1])),
  },
  {
    isKey: false,
    column: fc.constantFrom<Column>(bytes(), bytes().nullable(), bytes().default(new Uint8Array([39, 92, 0]))),
  },
  {
    isKey: true,
    column: fc
      .uniqueArray(
        quirky.filter((value) => value !== ''),
        { minLength: 1, maxLength: 4 },
      )
      .map(([first = 'a', ...rest]): Column => oneOf(first, ...rest)),
  },
]

const names = ['order', 'select', 'a', 'kcal100g', 'fooBar', 'key', 'group', 'value', 'where2'] as const

interface RandomModel {
  readonly columns: readonly (readonly [name: string, column: Column, isKey: boolean])[]
  readonly isNumbered: boolean
  readonly isOwned: boolean
  readonly isSoftDeleted: boolean
  readonly isStamped: boolean
  /** Which model of those before, or itself, it refers to. */
  readonly refersTo: number | null
  readonly onDelete: 'restrict' | 'cascade' | 'setNull'
  readonly unique: number | null
  readonly index: number | null
}

const columnOf = fc.oneof(...columnKinds.map(({ isKey, column }) => column.map((made) => [made, isKey] as const)))

const randomModel: fc.Arbitrary<RandomModel> = fc
  .record({
    names: fc.shuffledSubarray([...names], { minLength: 1, maxLength: 5 }),
    made: fc.array(columnOf, { minLength: 5, maxLength: 5 }),
    isNumbered: fc.boolean(),
    isOwned: fc.boolean(),
    isSoftDeleted: fc.boolean(),
    isStamped: fc.boolean(),
    refersTo: fc.option(fc.nat({ max: 4 })),
    onDelete: fc.constantFrom('restrict' as const, 'cascade' as const),
    unique: fc.option(fc.nat({ max: 4 })),
    index: fc.option(fc.nat({ max: 4 })),
  })
  .map(({ names: chosen, made, ...rest }) => ({
    ...rest,
    columns: chosen.map((name, at) => [name, made[at]?.[0] ?? uuid(), made[at]?.[1] ?? true] as const),
  }))

/** One to four models with columns of every type, references to each other and themselves, owners, uniques and indexes. */
export const randomGraphs: fc.Arbitrary<ModelGraph> = fc
  .array(randomModel, { minLength: 1, maxLength: 4 })
  .map(graphFrom)

function graphFrom(random: readonly RandomModel[]): ModelGraph {
  const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })
  const models: Model[] = []
  for (const [at, one] of random.entries()) models.push(modelFrom(one, { at, Device, before: models }))
  return graphOf(graph({ Device, ...Object.fromEntries(models.map((made, at) => [`M${at}`, made])) }))
}

interface Surroundings {
  readonly at: number
  readonly Device: Model
  readonly before: readonly Model[]
}

function modelFrom(random: RandomModel, { at, Device, before }: Surroundings): Model {
  const table = `table_${at}`
  const id = random.isNumbered ? identity() : uuid().primaryKey()
  const columns: Columns = {
    id,
    ...(random.isOwned ? { deviceId: owner(Device as never, { onDelete: 'cascade' }) } : {}),
    ...Object.fromEntries(random.columns.map(([name, column]) => [name, column])),
    ...referenceFrom(random, { table, id, before }),
    ...(random.isStamped ? timestamps() : {}),
    ...(random.isSoftDeleted ? softDelete() : {}),
  }
  const keyable = random.columns.filter(([, , isKey]) => isKey).map(([name]) => name)
  const chosen = (position: number | null): readonly string[] =>
    position === null || keyable.length === 0 ? [] : [keyable[position % keyable.length] ?? '']
  const [unique] = chosen(random.unique)
  const [index] = chosen(random.index)
  const options = {
    access: random.isOwned ? undefined : { kind: 'shared', write: 'everyone' },
    uniques: unique === undefined ? [] : [[unique]],
    indexes: index === undefined ? [] : [[`-${index}`, 'id']],
  }
  return model(
    table,
    columns,
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never,
  )
}

function referenceFrom(
  { refersTo, onDelete }: RandomModel,
  { table, id, before }: { readonly table: string; readonly id: Column; readonly before: readonly Model[] },
): Columns {
  if (refersTo === null) return {}
  const target = before[refersTo]
  const isOptional = onDelete === 'setNull'
  const made = target === undefined ? reference(table, { key: id, onDelete }) : reference(target as never, { onDelete })
  return { referredId: target === undefined || isOptional ? made.nullable() : made }
}
