import type { Deferrability, ForeignKeyShape, ReferentialAction } from '../../schema/index.ts'
import type { TokenCursor } from './token-cursor.ts'

type Held = Pick<ForeignKeyShape, 'name' | 'columns'>

/** `REFERENCES table (columns) ON DELETE … ON UPDATE … MATCH … DEFERRABLE …`, from where the cursor stands. */
export function parseForeignKeyTail(cursor: TokenCursor, { name, columns }: Held): ForeignKeyShape {
  cursor.take('references')
  const targetTable = cursor.takeName()
  const targetColumns = cursor.sees('(') ? cursor.takeParenthesized().flatMap(nameOf) : []
  const rules = takeRules(cursor)
  return { name, columns, targetTable, targetColumns, ...rules, enforced: true, source: null }
}

function nameOf(token: ReturnType<TokenCursor['takeToken']>): readonly string[] {
  if (token.kind === 'operator') return []
  return [token.kind === 'name' || token.kind === 'string' ? token.value : token.text]
}

function takeRules(cursor: TokenCursor): Pick<ForeignKeyShape, 'onDelete' | 'onUpdate' | 'deferrable'> {
  let onDelete: ReferentialAction = 'noAction'
  let onUpdate: ReferentialAction = 'noAction'
  let deferrable: Deferrability = 'no'
  for (;;) {
    if (cursor.skip('on', 'delete')) onDelete = takeAction(cursor)
    else if (cursor.skip('on', 'update')) onUpdate = takeAction(cursor)
    else if (cursor.skip('match')) cursor.takeName()
    else if (cursor.skip('not', 'deferrable')) takeInitially(cursor)
    else if (cursor.skip('deferrable')) deferrable = takeInitially(cursor)
    else return { onDelete, onUpdate, deferrable }
  }
}

/** SQLite holds what is INITIALLY IMMEDIATE, as what says nothing, at each statement. */
function takeInitially(cursor: TokenCursor): Deferrability {
  if (cursor.skip('initially', 'deferred')) return 'initiallyDeferred'
  cursor.skip('initially', 'immediate')
  return 'initiallyImmediate'
}

function takeAction(cursor: TokenCursor): ReferentialAction {
  if (cursor.skip('no', 'action')) return 'noAction'
  if (cursor.skip('restrict')) return 'restrict'
  if (cursor.skip('cascade')) return 'cascade'
  if (cursor.skip('set', 'null')) return 'setNull'
  cursor.take('set', 'default')
  return 'setDefault'
}
