import {
  doubleQuoteName,
  snapshotFrom,
  type ColumnShape,
  type IndexColumnShape,
  type IndexShape,
  type Snapshot,
  type TableShape,
  type UniqueShape,
} from '../../schema/index.ts'
import { canonicalText } from './canonical-expression.ts'
import { tokenize } from './ddl-tokenizer.ts'
import { canonicalDefaultText, canonicalType, collationOf } from './parse-column.ts'
import { parseIndexColumn } from './parse-create-index.ts'
import { settleTable, withTargets } from './settle-table.ts'

/** A declared structure with its expressions spelled as `introspect` spells those it reads. */
export function canonicalSnapshot({ tables }: Snapshot): Snapshot {
  return snapshotFrom(withTargets(Object.values(tables).map(canonicalTable)))
}

function canonicalTable(table: TableShape): TableShape {
  return settleTable({
    ...table,
    comment: null,
    columns: table.columns.map(canonicalColumn),
    uniques: table.uniques.map(canonicalUnique),
    indexes: table.indexes.map(canonicalIndex),
    checks: table.checks.map((check) => ({ ...check, expression: canonicalText(check.expression) })),
  })
}

function canonicalColumn(column: ColumnShape): ColumnShape {
  const { generated } = column
  return {
    ...column,
    type: canonicalType(column.type),
    default: column.default === null ? null : canonicalDefaultText(column.default),
    generated: generated === null ? null : { ...generated, expression: canonicalText(generated.expression) },
    collation: column.collation === null ? null : collationOf(column.collation),
    comment: null,
  }
}

function canonicalCondition(where: string | null): string | null {
  return where === null ? null : canonicalText(where)
}

function canonicalUnique(unique: UniqueShape): UniqueShape {
  const columns = unique.columns.map((name) => (name.startsWith('(') ? `(${canonicalText(name)})` : name))
  return { ...unique, columns, where: canonicalCondition(unique.where), heldBy: 'constraint' }
}

function canonicalIndex(index: IndexShape): IndexShape {
  return { ...index, columns: index.columns.map(canonicalIndexColumn), where: canonicalCondition(index.where) }
}

function canonicalIndexColumn({ name, suffix, direction }: IndexColumnShape): IndexColumnShape {
  const subject = name.startsWith('(') ? name : doubleQuoteName(name)
  const parsed = parseIndexColumn(tokenize(`${subject} ${suffix} ${direction}`))
  return name.startsWith('(') ? parsed : { ...parsed, name }
}
