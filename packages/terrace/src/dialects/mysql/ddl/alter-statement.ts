import type { ColumnShape } from '../../../schema/index.ts'
import type { SchemaFlavour } from '../schema-flavour.ts'
import { quoteName as quote, quoteText } from '../schema-flavour.ts'
import {
  checkClause,
  collationClause,
  columnClause,
  foreignKeyClause,
  indexClause,
  primaryKeyClause,
  uniqueClause,
} from './clauses.ts'
import type { Pair, TableDelta } from './table-delta.ts'

/** One statement for all of it: the server makes every change or none. */
export function alterStatement(delta: TableDelta, flavour: SchemaFlavour, asserted: readonly string[] = []): string {
  return `alter table ${quote(delta.to.name)} ${[...alterClauses(delta, flavour), ...asserted].join(', ')}`
}

export function alterClauses(delta: TableDelta, flavour: SchemaFlavour): readonly string[] {
  return [
    ...dropClauses(delta),
    ...columnClauses(delta, flavour),
    ...addClauses(delta, flavour),
    ...optionClauses(delta),
  ]
}

function dropClauses({ dropped }: TableDelta): readonly string[] {
  return [
    ...dropped.foreignKeys.map(({ name }) => `drop foreign key ${quote(name ?? '')}`),
    ...dropped.checks.map(({ name }) => `drop constraint ${quote(name ?? '')}`),
    ...dropped.keys.map((name) => `drop key ${quote(name)}`),
    ...(dropped.primaryKey ? ['drop primary key'] : []),
    ...dropped.columns.map(({ name }) => `drop column ${quote(name)}`),
  ]
}

function columnClauses({ added, modified, replaced, to }: TableDelta, flavour: SchemaFlavour): readonly string[] {
  return [
    ...modified.map((pair) => `modify column ${columnClause(commented(pair), to, flavour)}`),
    ...replaced.map((pair) => `drop column ${quote(pair.from.name)}`),
    ...[...added.columns, ...replaced.map(commented)].map(
      (column) => `add column ${columnClause(column, to, flavour)}`,
    ),
  ]
}

/** Who asks for no comment leaves the one that is there. */
function commented({ from, to }: Pair<ColumnShape>): ColumnShape {
  return { ...to, comment: to.comment ?? from.comment }
}

function addClauses({ added, renamedKeys, to }: TableDelta, flavour: SchemaFlavour): readonly string[] {
  return [
    ...renamedKeys.map((name) => `rename key ${quote(name.from)} to ${quote(name.to)}`),
    ...(added.primaryKey && to.primaryKey !== null ? [`add ${primaryKeyClause(to.primaryKey)}`] : []),
    ...added.uniques.map((unique) => `add ${uniqueClause(unique, to)}`),
    ...added.indexes.map((index) => `add ${indexClause(index, flavour)}`),
    ...added.checks.map((check) => `add ${checkClause(check)}`),
    ...added.foreignKeys.map((foreignKey) => `add ${foreignKeyClause(foreignKey)}`),
  ]
}

function optionClauses({ options, to }: TableDelta): readonly string[] {
  return options.map((option) => {
    if (option === 'comment') return `comment = ${quoteText(to.comment ?? '')}`
    const value = to.options[option] ?? ''
    return option === 'engine' ? `engine = ${value}` : collationClause(value)
  })
}
