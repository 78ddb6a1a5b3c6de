import { snapshotFrom, type ColumnShape, type Snapshot, type TableShape } from '../../schema/index.ts'
import { canonicalDefault, canonicalText } from './canonical-expression.ts'
import { tokenize } from './ddl-tokenizer.ts'

/** A declared structure with its expressions spelled as `introspect` spells those it reads. */
export function canonicalSnapshot({ tables }: Snapshot): Snapshot {
  return snapshotFrom(Object.values(tables).map(canonicalTable))
}

function canonicalTable(table: TableShape): TableShape {
  return {
    ...table,
    columns: table.columns.map(canonicalColumn),
    uniques: table.uniques.map((unique) => ({
      ...unique,
      where: unique.where === null ? null : canonicalText(unique.where),
    })),
    checks: table.checks.map((check) => ({ ...check, expression: canonicalText(check.expression) })),
  }
}

function canonicalColumn(column: ColumnShape): ColumnShape {
  return { ...column, default: column.default === null ? null : canonicalDefault(tokenize(column.default)) }
}
