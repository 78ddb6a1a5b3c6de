import type {
  CheckShape,
  ColumnShape,
  ForeignKeyShape,
  IndexShape,
  PrimaryKeyShape,
  TableShape,
  UniqueShape,
} from '../snapshot.ts'
import { deferrableClause, referentialActions } from '../sql-parts.ts'

/** What an object is, in the words of reports: `text not null default ''`, `(name, brand) where …`. */
export const shapeText = { table, column, primaryKey, unique, index, foreignKey, check }

const notEnforced = 'not enforced'

function table({ columns }: TableShape): string {
  return columns.length === 1 ? '1 column' : `${columns.length} columns`
}

function column({ type, nullable, default: fallback, generated, identity, collation }: ColumnShape): string {
  return [
    type,
    ...(collation === null ? [] : [`collate ${collation}`]),
    nullable ? 'null' : 'not null',
    ...(fallback === null ? [] : [`default ${fallback}`]),
    ...(identity === null ? [] : ['numbered by the database']),
    ...(generated === null ? [] : [`generated as (${generated.expression})`]),
  ].join(' ')
}

function primaryKey(key: PrimaryKeyShape | null): string {
  return key === null ? 'none' : `${key.name ?? ''}(${key.columns.join(', ')})`
}

function unique({ columns, where, nullsDistinct, heldBy, include, deferrable, enforced }: UniqueShape): string {
  const parts = [`(${columns.join(', ')})`, ...(where === null ? [] : [`where ${where}`])]
  return [
    ...parts,
    ...(nullsDistinct ? [] : ['nulls not distinct']),
    ...(heldBy === 'index' && where === null ? ['as an index'] : []),
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(deferrable === 'no' ? [] : [deferrableClause(deferrable).trim()]),
    ...(enforced ? [] : [notEnforced]),
  ].join(' ')
}

function index({ columns, where, include, method, valid }: IndexShape): string {
  const list = columns.map(({ name, direction }) => (direction === 'desc' ? `${name} desc` : name)).join(', ')
  return [
    ...(method === 'btree' ? [] : [method]),
    `(${list})`,
    ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
    ...(where === null ? [] : [`where ${where}`]),
    ...(valid ? [] : ['invalid']),
  ].join(' ')
}

function foreignKey({
  columns,
  targetTable,
  targetColumns,
  onDelete,
  onUpdate,
  deferrable,
  enforced,
}: ForeignKeyShape): string {
  return [
    `(${columns.join(', ')}) to ${targetTable} (${targetColumns.join(', ')})`,
    `on delete ${referentialActions[onDelete]}`,
    ...(onUpdate === 'noAction' ? [] : [`on update ${referentialActions[onUpdate]}`]),
    ...(deferrable === 'no' ? [] : [deferrableClause(deferrable).trim()]),
    ...(enforced ? [] : [notEnforced]),
  ].join(' ')
}

function check({ expression, enforced }: CheckShape): string {
  const text = isParenthesized(expression) ? expression : `(${expression})`
  return enforced ? text : `${text} ${notEnforced}`
}

/** Whether one pair of parentheses is around the whole; those in texts only make it look otherwise. */
function isParenthesized(expression: string): boolean {
  let depth = 0
  for (const [at, character] of [...expression].entries()) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0 && at < [...expression].length - 1) return false
  }
  return expression.startsWith('(')
}
