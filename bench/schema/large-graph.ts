import {
  boolean,
  date,
  decimal,
  graph,
  integer,
  model,
  oneOf,
  reference,
  shared,
  text,
  timestamps,
  uuid,
} from 'terrace/model'
import type { BoundModel } from 'terrace/model'

/** Columns of each table. */
export const columnsEach = 15
/** Differences that the later state of a table has from the former one. */
export const changesEach = 14
/** Tables refer to the one before them in chains of this length. */
const chainLength = 10

export interface LargeGraphOptions {
  readonly tables: number
  /** How many of the tables have their later state. Default 0. */
  readonly changed?: number
}

/** Tables with keys, unique rules, checks, indexes and references, each of 15 columns. */
export function largeGraph({ tables, changed = 0 }: LargeGraphOptions): Readonly<Record<string, BoundModel>> {
  const models = Object.fromEntries(
    Array.from({ length: tables }, (_, at) => [`Item${at}`, at < changed ? laterModel(at) : formerModel(at)]),
  )
  return graph(models) as unknown as Readonly<Record<string, BoundModel>>
}

const access = shared({ write: 'everyone' })

function tableOf(at: number): string {
  return `item_${String(at).padStart(4, '0')}`
}

function parentOf(at: number) {
  const target = at % chainLength === 0 ? at : at - 1
  return reference(tableOf(target), { key: uuid(), inverse: `children${at}` }).nullable()
}

function formerModel(at: number) {
  return model(
    tableOf(at),
    {
      id: uuid().primaryKey(),
      parentId: parentOf(at),
      name: text().length(1, 100).unique(),
      state: oneOf('open', 'done').default('open'),
      quantity: integer().range(0, 1000),
      weight: integer(),
      price: decimal(10, 2).nullable(),
      discount: decimal(5, 2),
      isDefault: boolean().default(false),
      note: text().length(0, 200).nullable(),
      label: text().length(0, 50),
      day: date().nullable(),
      colour: text().length(0, 20).default('none'),
      ...timestamps(),
    },
    { access, indexes: [['name', '-quantity']] },
  )
}

/** A column more, types, nullability, default and rules of others, an index and a unique rule more, a column less: 14 changes with their rules. */
function laterModel(at: number) {
  return model(
    tableOf(at),
    {
      id: uuid().primaryKey(),
      parentId: parentOf(at),
      name: text().length(1, 150).unique(),
      state: oneOf('open', 'done', 'late').default('open'),
      quantity: integer().range(0, 5000),
      weight: integer().default(1),
      price: decimal(12, 2).nullable(),
      discount: decimal(5, 2).nullable(),
      isDefault: boolean().default(false),
      note: text().length(0, 200).nullable(),
      label: text().length(0, 50),
      summary: text().length(0, 300).nullable(),
      colour: text().length(0, 20).default('none'),
      ...timestamps(),
    },
    { access, indexes: [['name', '-quantity'], ['label']], uniques: [['label', 'colour']] },
  )
}
