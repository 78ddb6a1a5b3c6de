import { errors } from '../../errors/index.ts'
import type { RuntimeDialect } from '../../database/index.ts'
import type { ColumnFact, ModelFact, ModelGraph } from '../../model/index.ts'
import type { Snapshot, TableShape } from '../../schema/index.ts'
import { movedColumn, type MovedColumn } from './moved-column.ts'

/** The table of one model, on both sides of a move. */
export interface TablePair {
  readonly model: ModelFact
  readonly table: string
  readonly source: TableSide
  readonly target: TableSide
}

export interface TableSide {
  readonly shape: TableShape
  /** Those that move, on both sides the same, in the order of their names. */
  readonly columns: readonly MovedColumn[]
}

/** Of the database that has the rows, and of the one that gets them. */
export interface Sides<T> {
  readonly source: T
  readonly target: T
}

export interface Pairing {
  readonly graph: ModelGraph
  readonly runtimes: Sides<Pick<RuntimeDialect, 'codec'>>
  readonly shapes: Sides<Snapshot>
  /** `products.kcal`: columns that models declare and that do not move. */
  readonly without: ReadonlySet<string>
}

/** All tables of a graph, those that others refer to first. */
export function tablePairs({ graph, runtimes, shapes, without }: Pairing): readonly TablePair[] {
  return graph.referenceOrder.map((name) => {
    const model = graph.models[name] as ModelFact
    const columns = storedColumns(model).filter(({ sqlName }) => !without.has(`${model.table}.${sqlName}`))
    const side = (which: keyof Sides<unknown>): TableSide => ({
      shape: shapeOf(shapes[which], model.table),
      columns: columns.map((column) => movedColumn(runtimes[which], column)),
    })
    return { model, table: model.table, source: side('source'), target: side('target') }
  })
}

/** A model's columns and the companions of folded texts, in the order of their names. */
function storedColumns({ columns }: ModelFact): readonly ColumnFact[] {
  return columns
    .flatMap((column) => (column.foldedInto === null ? [column] : [column, { ...column, ...column.foldedInto }]))
    .toSorted((a, b) => (a.sqlName < b.sqlName ? -1 : 1))
}

function shapeOf({ tables }: Snapshot, name: string): TableShape {
  const shape = tables[name]
  if (shape !== undefined) return shape
  throw errors.MOVE_SOURCE_DIFFERS({ values: { count: 1, list: `- table ${name}: is missing` } })
}
