import { refused } from './refuse.ts'

/** The commands that leave the transaction, the structure and the connection as they are. */
const commands: ReadonlySet<string> = new Set([
  'select',
  'with',
  'values',
  'insert',
  'update',
  'delete',
  'explain',
  'show',
])

// Blanks, opening parentheses and comments; what some engines execute in a comment (`/*! … */`) is none.
const leading = /^(?:[\s(]+|--[^\n]*(?:\n|$)|\/\*(?!!)(?:(?!\*\/)[^])*\*\/)*/

/**
 * Refuses raw SQL whose command would end or begin a transaction behind the session's back, change the structure, or set what
 * the next session on the same connection would find set. Drivers take one statement at a time, so the first word decides.
 */
export function requireRawCommand(sql: string): void {
  const command = /^[a-z]+/i.exec(sql.slice(leading.exec(sql)?.[0].length))?.[0].toLowerCase() ?? ''
  if (commands.has(command)) return
  throw refused(
    command === '' ? 'raw SQL that does not begin with a command' : `raw SQL that begins with ${command.toUpperCase()}`,
    'a session may neither end its own transaction nor change the structure or its connection',
    'Let the models change the structure, the session commit, and begin raw SQL with SELECT, WITH, INSERT, UPDATE or DELETE',
  )
}
