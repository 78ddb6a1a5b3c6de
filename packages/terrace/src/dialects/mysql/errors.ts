import {
  consequencesOf,
  DriverError,
  isSocketCode,
  type DriverErrorFacts,
  type DriverErrorKind,
} from '../../database/index.ts'
import { primaryKeyName } from '../../model/index.ts'

interface ServerError {
  readonly errno: number
  readonly sqlMessage: string
}

type Place = Pick<DriverErrorFacts, 'table' | 'constraint' | 'columns'>

// Sources: MySQL 8.4, "Server Error Message Reference"; MariaDB knowledge base, "MariaDB Error Code Reference".
const numbersByKind: Readonly<Partial<Record<DriverErrorKind, readonly number[]>>> = {
  unique: [1062, 1169, 1586, 1859],
  foreignKey: [1216, 1217, 1451, 1452, 1761, 1762],
  check: [3819, 4025],
  notNull: [1048, 1364],
  // 1153: more than max_allowed_packet.
  tooLong: [1153, 1406, 3886],
  outOfRange: [1264, 1416, 1690],
  invalidValue: [1265, 1292, 1365, 1366, 1411, 1525, 3140, 3141],
  deadlock: [1213],
  // MariaDB with innodb_snapshot_isolation: the row was changed since the snapshot.
  serialization: [1020],
  lockTimeout: [1205, 3572],
  timeout: [1317, 1969, 3024],
  connection: [1040, 1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1203, 1226, 1927, 2006, 2013, 2055, 4031],
  readOnly: [1290, 1792, 1836],
  diskFull: [28, 1021, 1114],
  permission: [1044, 1045, 1142, 1143, 1227, 1370, 1698],
  missingObject: [1049, 1051, 1054, 1146, 1305, 1356],
}

const kindByNumber = new Map(
  Object.entries(numbersByKind).flatMap(([kind, numbers]) =>
    numbers.map((number) => [number, kind as DriverErrorKind]),
  ),
)

const nowhere: Place = { table: null, constraint: null, columns: null }

/** Classifies what `mysql2` threw, `sql` being the statement. The message holds names only; values stay in the cause. */
export function mysqlError(error: unknown, sql: string | null): DriverError {
  if (error instanceof DriverError) return error
  if (!isServerError(error)) return driverError(error)
  const kind = kindByNumber.get(error.errno) ?? 'other'
  const place = placeOf(kind, error.sqlMessage, sql)
  const consequences = consequencesOf[kind]
  // The server hangs up after a packet that is too large.
  const endsSession = consequences.endsSession || error.errno === 1153
  return new DriverError(messageOf(kind, error.errno, place), { kind, ...consequences, endsSession, ...place }, error)
}

/** The server forgot a prepared statement or wants it anew; nothing was done and no transaction was ended. */
export function isStaleStatement(error: unknown): boolean {
  return isServerError(error) && (error.errno === 1615 || error.errno === 1243)
}

/** A command that cannot be prepared. */
export function isUnpreparable(error: unknown): boolean {
  return isServerError(error) && error.errno === 1295
}

function isServerError(error: unknown): error is ServerError {
  const { errno, sqlMessage } = error as Partial<ServerError>
  return typeof errno === 'number' && typeof sqlMessage === 'string'
}

/** Without a message of the server: the connection is lost, or the driver could not write a value. */
function driverError(error: unknown): DriverError {
  const { code, fatal } = error as { readonly code?: unknown; readonly fatal?: unknown }
  const isLost = fatal === true || isSocketCode(code) || code === 'PROTOCOL_CONNECTION_LOST'
  const kind = isLost ? 'connection' : error instanceof RangeError ? 'outOfRange' : 'other'
  return new DriverError(`${kind}: reported by the driver`, { kind, ...consequencesOf[kind], ...nowhere }, error)
}

function messageOf(kind: DriverErrorKind, errno: number, { table, constraint, columns }: Place): string {
  const place = [table, columns?.join(', ')].filter((name) => name !== null && name !== undefined).join('.')
  return `${kind}: error ${errno}${place === '' ? '' : ` on ${place}`}${constraint === null ? '' : `, ${constraint}`}`
}

// The connection asks for messages in English, so these forms hold on every server.
const placeByKind: Partial<Record<DriverErrorKind, (message: string) => Partial<Place>>> = {
  // Duplicate entry '…' for key 'uq_products_name', in MySQL 'products.uq_products_name'
  unique: (message) => ({ constraint: afterDot(/ for key '([^']*)'$/.exec(message)?.[1]) }),
  // … fails (`db`.`portions`, CONSTRAINT `fk_portions_…` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) …)
  foreignKey: foreignKeyPlace,
  // CONSTRAINT `ck_products_size_range` failed for `db`.`products`; Check constraint 'ck_…' is violated.
  check: (message) => ({
    constraint: named(
      /^CONSTRAINT `(.+)` failed/.exec(message)?.[1] ?? /^Check constraint '(.+)' is violated/.exec(message)?.[1],
    ),
    table: named(/ failed for `.+`\.`(.+)`$/.exec(message)?.[1]),
  }),
  notNull: columnPlace,
  tooLong: columnPlace,
  outOfRange: columnPlace,
  invalidValue: columnPlace,
}

function placeOf(kind: DriverErrorKind, message: string, sql: string | null): Place {
  const found = { ...nowhere, ...placeByKind[kind]?.(message) }
  const table = found.table ?? (placeByKind[kind] === undefined ? null : targetOf(sql))
  // Every primary key is named PRIMARY here, whatever it was declared as.
  const constraint = found.constraint === 'PRIMARY' && table !== null ? primaryKeyName(table) : found.constraint
  return { ...found, table, constraint }
}

function foreignKeyPlace(message: string): Partial<Place> {
  const [, table, constraint, columns] =
    /\(`[^`]+`\.`([^`]+)`, CONSTRAINT `([^`]+)` FOREIGN KEY \(([^)]+)\)/.exec(message) ?? []
  return {
    table: named(table),
    constraint: named(constraint),
    columns: columns === undefined ? null : columns.split(', ').map((column) => column.slice(1, -1)),
  }
}

/** `… column 'name'`, `` … column `db`.`products`.`name` ``, `Field 'name' doesn't have a default value` */
function columnPlace(message: string): Partial<Place> {
  const [, table, column] = / column `[^`]+`\.`([^`]+)`\.`([^`]+)` at row \d+$/.exec(message) ?? []
  if (column !== undefined) return { table: named(table), columns: [column] }
  const plain = /^(?:Column|Field) '([^']+)' /.exec(message)?.[1] ?? / column '([^']+)' at row \d+$/.exec(message)?.[1]
  return { columns: plain === undefined ? null : [plain] }
}

function targetOf(sql: string | null): string | null {
  return named(/^\s*(?:insert\s+(?:ignore\s+)?into|update|delete\s+from)\s+`([^`]+)`/i.exec(sql ?? '')?.[1])
}

function afterDot(key: string | undefined): string | null {
  return named(key?.slice(key.indexOf('.') + 1))
}

function named(name: string | undefined): string | null {
  return name ?? null
}
