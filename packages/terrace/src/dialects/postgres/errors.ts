import { consequencesOf, DriverError, isSocketCode, type DriverErrorKind } from '../../database/index.ts'

/** Fields of an error message of the server, as `pg` and PGlite both give them. */
interface ServerError {
  readonly code: string
  readonly severity: string
  readonly table?: string | undefined
  readonly column?: string | undefined
  readonly constraint?: string | undefined
  readonly routine?: string | undefined
}

// Source: PostgreSQL manual, appendix A, "PostgreSQL Error Codes".
const kindByState: Readonly<Record<string, DriverErrorKind>> = {
  // Values that do not match the places of a statement: the connection is as good as before.
  '08P01': 'other',
  '22001': 'tooLong',
  '22003': 'outOfRange',
  '22008': 'outOfRange',
  '23001': 'foreignKey',
  '23502': 'notNull',
  '23503': 'foreignKey',
  '23505': 'unique',
  '23514': 'check',
  '23P01': 'unique',
  '25006': 'readOnly',
  '25P03': 'connection',
  '25P04': 'connection',
  '3D000': 'missingObject',
  '3F000': 'missingObject',
  '40001': 'serialization',
  '40002': 'serialization',
  '40003': 'connection',
  '40P01': 'deadlock',
  '42501': 'permission',
  '42703': 'missingObject',
  '42704': 'missingObject',
  '42883': 'missingObject',
  '42P01': 'missingObject',
  '53100': 'diskFull',
  '53300': 'connection',
  // A key or row that does not fit into an index page.
  '54000': 'tooLong',
  '55P03': 'lockTimeout',
  '57014': 'timeout',
  '57P01': 'connection',
  '57P02': 'connection',
  '57P03': 'connection',
  '57P04': 'connection',
  '57P05': 'connection',
}

const kindByClass: Readonly<Record<string, DriverErrorKind>> = {
  '08': 'connection',
  '22': 'invalidValue',
  '28': 'permission',
}

// What `pg` says itself, without a code, when the socket is gone. Source: pg 8, lib/client.js.
const lostConnectionTexts = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  // The statement goes on at the server and its answer would be taken for the next one's.
  'Query read timeout',
]

/** Classifies what `pg` or PGlite threw. The message holds names only; values stay in the cause. */
export function postgresError(error: unknown): DriverError {
  if (error instanceof DriverError) return error
  if (isServerError(error)) return serverError(error)
  const kind = isLostConnection(error) ? 'connection' : 'other'
  return new DriverError(`${kind}: reported by the driver`, { kind, ...consequencesOf[kind], ...nowhere }, error)
}

/** Named statements do not work here: a pooler hands out another server connection for each transaction. */
export function isLostStatement(error: unknown): boolean {
  return isServerError(error) && (error.code === '26000' || error.code === '42P05')
}

/** The structure changed under a prepared statement; 0A000 alone says "not supported" for many reasons. */
export function isStalePlan(error: unknown): boolean {
  return isServerError(error) && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
}

/**
 * A prepared statement that the server no longer has, inside a transaction, which is aborted by it: the unit of work is
 * repeated as after a serialization failure, and then prepares anew or not at all.
 */
export function statementGone(cause: unknown): DriverError {
  const facts = { kind: 'serialization', ...consequencesOf.serialization, ...nowhere } as const
  return new DriverError('serialization: a prepared statement is gone and ended its transaction', facts, cause)
}

const nowhere = { table: null, constraint: null, columns: null } as const

function isServerError(error: unknown): error is ServerError {
  const { code, severity } = error as Partial<ServerError>
  return typeof code === 'string' && typeof severity === 'string'
}

function serverError(error: ServerError): DriverError {
  const kind = isPolicyRefusal(error)
    ? 'rowPolicy'
    : (kindByState[error.code] ?? kindByClass[error.code.slice(0, 2)] ?? 'other')
  const table = error.table ?? null
  const constraint = error.constraint ?? null
  const columns = error.column === undefined ? null : [error.column]
  const facts = { kind, ...consequencesOf[kind], table, constraint, columns }
  return new DriverError(messageOf(kind, error), facts, error)
}

/** The state alone says "no right" for many reasons. Source: PostgreSQL, execMain.c, ExecWithCheckOptions. */
function isPolicyRefusal({ code, routine }: ServerError): boolean {
  return code === '42501' && routine === 'ExecWithCheckOptions'
}

function messageOf(kind: DriverErrorKind, { code, table, column, constraint }: ServerError): string {
  const place = [table, column].filter((name) => name !== undefined).join('.')
  const where = place === '' ? '' : ` on ${place}`
  return `${kind}: SQLSTATE ${code}${where}${constraint === undefined ? '' : `, ${constraint}`}`
}

function isLostConnection(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return isSocketCode(code) || lostConnectionTexts.some((text) => String(message).startsWith(text))
}
