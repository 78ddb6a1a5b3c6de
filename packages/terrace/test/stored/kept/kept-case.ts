import { integer, model, reference, text, uuid, type Columns, type Model } from '../../../src/model/index.ts'
import type { TableShape } from '../../../src/schema/index.ts'

/** What a model says that an engine keeps, and what must then be in the catalogue. */
export interface KeptCase {
  readonly title: string
  readonly model: Model
  /** Of the table as it was read. */
  readonly kept: (table: TableShape) => unknown
  readonly expected: unknown
}

const id = uuid().primaryKey()
export const name = text().length(0, 20)

export const Town = model('towns', { id, name, code: integer().unique({ global: true }) })

type Stored = NonNullable<NonNullable<Parameters<typeof model>[2]>['stored']>[string]
export type CaseWith = Omit<KeptCase, 'model'> & {
  readonly columns?: Columns
  readonly stored?: Stored
  readonly refers?: true
}

export function casesOf(engine: string, cases: readonly CaseWith[]): readonly KeptCase[] {
  return cases.map(({ title, kept, expected, columns = {}, stored, refers }, at) => {
    const own = 'id' in columns ? columns : { id, name: name.nullable(), ...columns }
    const all = refers === true ? { ...own, townId: reference(Town).nullable() } : own
    const options = stored === undefined ? {} : { stored: { [engine]: stored } }
    return { title, kept, expected, model: model(`case_${at}`, all, options as object) }
  })
}

export const column = (of: string) => (table: TableShape) => {
  const shape = table.columns.find((each) => each.name === of)
  return shape === undefined
    ? undefined
    : {
        type: shape.type,
        default: shape.default,
        identity: shape.identity,
        collation: shape.collation,
        generated: shape.generated,
      }
}
export const typeOf = (of: string) => (table: TableShape) => table.columns.find((each) => each.name === of)?.type
export const options = ({ options: kept }: TableShape): unknown => kept
export const keyName = ({ primaryKey }: TableShape): unknown => primaryKey?.name
export const names = (list: 'uniques' | 'indexes' | 'foreignKeys' | 'checks') => (table: TableShape) =>
  table[list].map((part) => part.name)
export const actions = ({ foreignKeys }: TableShape): unknown =>
  foreignKeys.map(({ onDelete, onUpdate, deferrable }) => `${onDelete} ${onUpdate} ${deferrable}`)

export const toTown = { columns: ['town_id'], target: { table: 'towns', columns: ['id'] } } as const
