import type { CheckShape, ColumnShape, ForeignKeyShape, PrimaryKeyShape, UniqueShape } from '../../schema/index.ts'
import { canonicalExpression } from './canonical-expression.ts'
import type { Token } from './ddl-tokenizer.ts'
import type { TokenCursor } from './token-cursor.ts'

/** What the text of a CREATE TABLE declares, while it is read. */
export interface TableDraft {
  readonly columns: ColumnShape[]
  readonly uniques: UniqueShape[]
  readonly foreignKeys: ForeignKeyShape[]
  readonly checks: CheckShape[]
  primaryKey: PrimaryKeyShape | null
}

export interface KeyColumns {
  readonly columns: readonly string[]
  /** Nothing but names: no collation, no direction. */
  readonly isPlain: boolean
  /** The one that AUTOINCREMENT stands with. */
  readonly numbered: string | null
}

/** `(a, b collate nocase desc)` */
export function takeKeyColumns(cursor: TokenCursor): KeyColumns {
  const columns: string[] = []
  let isPlain = true
  let numbered: string | null = null
  cursor.take('(')
  do {
    const name = cursor.takeName()
    columns.push(name)
    if (cursor.skip('collate')) {
      cursor.takeName()
      isPlain = false
    }
    if (cursor.skip('asc') || cursor.skip('desc')) isPlain = false
    if (cursor.skip('autoincrement')) numbered = name
  } while (cursor.skip(','))
  cursor.take(')')
  return { columns, isPlain, numbered }
}

export function takeConstraintName(cursor: TokenCursor): string | null {
  return cursor.skip('constraint') ? cursor.takeName() : null
}

/** Whether there was one. */
export function takeConflictClause(cursor: TokenCursor): boolean {
  if (!cursor.skip('on', 'conflict')) return false
  cursor.takeToken()
  return true
}

/** SQLite does not tell a unique index from a unique constraint, but by where it is written. */
export const plainUnique: Omit<UniqueShape, 'name' | 'columns'> = {
  where: null,
  nullsDistinct: true,
  heldBy: 'constraint',
  include: [],
  deferrable: 'no',
  enforced: true,
  source: null,
}

export function checkShape(name: string | null, tokens: readonly Token[]): CheckShape {
  return { name, expression: canonicalExpression(tokens), enforced: true, source: null }
}
