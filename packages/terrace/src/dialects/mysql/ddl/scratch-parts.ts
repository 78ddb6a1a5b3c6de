import type { TableShape } from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { alterStatement } from './alter-statement.ts'
import { isOfColumn } from './clauses.ts'
import { deltaOf } from './table-delta.ts'

/** A table with what it cannot be without, and a statement for each part that can come by itself, so that it fails alone. */
export function partsOf(
  table: TableShape,
  flavour: SchemaFlavour,
): { readonly base: TableShape; readonly parts: readonly string[] } {
  const numbered = table.columns.find(({ identity }) => identity !== null)?.name
  const isNeeded = ([first]: readonly string[]): boolean => first !== undefined && first === numbered
  const base: TableShape = {
    ...table,
    uniques: table.uniques.filter(({ columns }) => isNeeded(columns)),
    indexes: table.indexes.filter(({ columns }) => isNeeded(columns.map(({ name }) => name))),
    checks: table.checks.filter(isOfColumn),
    foreignKeys: [],
  }
  const grown = [
    ...table.uniques
      .filter((unique) => !base.uniques.includes(unique))
      .map((unique) => ({ ...base, uniques: [...base.uniques, unique] })),
    ...table.indexes
      .filter((index) => !base.indexes.includes(index))
      .map((index) => ({ ...base, indexes: [...base.indexes, index] })),
    ...table.checks
      .filter((check) => !base.checks.includes(check))
      .map((check) => ({ ...base, checks: [...base.checks, check] })),
  ]
  return { base, parts: grown.map((to) => alterStatement(deltaOf({ from: base, to }), flavour)) }
}
