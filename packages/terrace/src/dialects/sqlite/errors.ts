import { consequencesOf, DriverError, type DriverErrorKind } from '../../database/index.ts'

// Source: SQLite manual, "Result and Error Codes". An extended code that is not here counts as its primary code.
const kindByCode: Readonly<Record<string, DriverErrorKind>> = {
  SQLITE_AUTH: 'permission',
  SQLITE_BUSY: 'busy',
  // Read first and written later, while another one wrote: this transaction can never write, waiting does not help.
  SQLITE_BUSY_SNAPSHOT: 'serialization',
  SQLITE_CANTOPEN: 'connection',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_DATATYPE: 'invalidValue',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreignKey',
  SQLITE_CONSTRAINT_NOTNULL: 'notNull',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_ROWID: 'unique',
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CORRUPT: 'connection',
  SQLITE_FULL: 'diskFull',
  SQLITE_INTERRUPT: 'timeout',
  SQLITE_IOERR: 'connection',
  SQLITE_LOCKED: 'busy',
  SQLITE_MISMATCH: 'invalidValue',
  SQLITE_NOTADB: 'connection',
  SQLITE_PERM: 'permission',
  SQLITE_READONLY: 'readOnly',
  SQLITE_TOOBIG: 'tooLong',
}

// What has no code of its own. Source: SQLite's sqlite3LocateTable, resolve.c and func.c; better-sqlite3's binder.cpp.
const kindByText: readonly (readonly [RegExp, DriverErrorKind])[] = [
  [/^no such (table|column|index|view|trigger|function|collation|module|savepoint)/, 'missingObject'],
  [/ has no column named /, 'missingObject'],
  [/^integer overflow$/, 'outOfRange'],
  [/^The bound string, buffer, or bigint is too big$/, 'outOfRange'],
  [/^SQLite3 can only bind /, 'invalidValue'],
  [/^malformed JSON$/, 'invalidValue'],
  [/^The database connection is not open$/, 'connection'],
]

interface Place {
  readonly table: string | null
  readonly constraint: string | null
  readonly columns: readonly string[] | null
}

export interface ErrorContext {
  /** SQLite has rolled the transaction back by itself, as it does when it has no room left. */
  readonly lostTransaction: boolean
}

/** Classifies what better-sqlite3 threw. The message holds names only; values stay in the cause. */
export function sqliteError(error: unknown, { lostTransaction }: ErrorContext): DriverError {
  if (error instanceof DriverError) return error
  const { code, message } = partsOf(error)
  const kind = kindOf(code, message)
  const place = placeOf(kind, message)
  const { retryable, endsSession } = consequencesOf[kind]
  const facts = { kind, retryable, endsSession: endsSession || lostTransaction, ...place }
  return new DriverError(`${kind}: ${code ?? 'reported by the driver'}${placeText(place)}`, facts, error)
}

/** Another process has the lock, and may give it back in a moment. */
export function isBusy(error: unknown): boolean {
  const { code } = partsOf(error)
  return code !== null && code.startsWith('SQLITE_BUSY') && code !== 'SQLITE_BUSY_SNAPSHOT'
}

export function codeOf(error: unknown): string | null {
  return partsOf(error).code
}

function partsOf(error: unknown): { readonly code: string | null; readonly message: string } {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return { code: typeof code === 'string' ? code : null, message: String(message) }
}

function kindOf(code: string | null, message: string): DriverErrorKind {
  if (code !== null) {
    const [prefix, primary] = code.split('_')
    const known = kindByCode[code] ?? kindByCode[`${prefix}_${primary}`]
    if (known !== undefined) return known
  }
  return kindByText.find(([pattern]) => pattern.test(message))?.[1] ?? 'other'
}

type PlaceReaders = { readonly [K in DriverErrorKind]?: (text: string) => Place }

const nowhere: Place = { table: null, constraint: null, columns: null }

/** What follows the colon in `UNIQUE constraint failed: products.owner_id, products.name`. Foreign keys are nameless. */
const placeReaders: PlaceReaders = {
  unique: (text) => indexPlace(text) ?? columnsPlace(text),
  notNull: columnsPlace,
  check: (text) => ({ ...nowhere, constraint: text }),
}

function placeOf(kind: DriverErrorKind, message: string): Place {
  const [, text] = /^[A-Z ]+ constraint failed: (.+)$/s.exec(message) ?? []
  return text === undefined ? nowhere : (placeReaders[kind]?.(text) ?? nowhere)
}

/** An index over an expression is named instead of its columns. */
function indexPlace(text: string): Place | null {
  const [, constraint] = /^index '(.+)'$/.exec(text) ?? []
  return constraint === undefined ? null : { ...nowhere, constraint }
}

function columnsPlace(text: string): Place {
  const parts = text.split(', ').map((part) => part.split('.'))
  return { table: parts[0]?.[0] ?? null, constraint: null, columns: parts.map((part) => part.slice(1).join('.')) }
}

function placeText({ table, constraint, columns }: Place): string {
  if (constraint !== null) return ` on ${constraint}`
  return table === null ? '' : ` on ${table} (${(columns ?? []).join(', ')})`
}
