import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  startTool,
  ToolFailure,
  withOnlyConnection,
  type BackupRun,
  type Connection,
  type WitnessedTable,
} from '../../../database/index.ts'
import { errors, TerraceError } from '../../../errors/index.ts'
import { parseServerUrl } from '../connection-url.ts'
import { openServer } from '../server-driver.ts'
import { requireTool, toolWords, withConnecting } from './client-tools.ts'
import { DumpedRows } from './dumped-rows.ts'

/**
 * The server's own dump, in one transaction that sees one moment. What the manifest says of rows is read from the dump itself; the
 * structure, which no transaction holds still here, has to be the same before and after.
 */
export async function dumpServer(run: BackupRun): Promise<void> {
  try {
    const { tool, product } = await requireTool(['mariadb-dump', 'mysqldump'])
    const tables = await withOnlyConnection({ url: run.url, open: openServer }, (connection) =>
      lookBefore(connection, run),
    )
    await withConnecting(run.url, product, async ({ arguments: connecting, environment }) => {
      const database = databaseOf(run.url)
      const args = [...connecting, ...dumpArguments, ...productArguments[product], '--', database]
      const { input, output, done } = startTool({ tool, arguments: args, environment, signal: run.signal })
      input.end()
      const written = pipeline(output, watch(run, tables), createWriteStream(run.file, { flags: 'r+' }))
      // Both have ended before the file is touched again; what the program says goes before a pipe that broke.
      const [ended, wrote] = await Promise.allSettled([done, written])
      for (const part of [wrote, ended]) if (part.status === 'rejected' && isOwn(part.reason)) throw part.reason
      for (const part of [ended, wrote]) if (part.status === 'rejected') throw part.reason
    })
    await withOnlyConnection({ url: run.url, open: openServer }, (connection) => run.witness.structure(connection))
  } catch (error) {
    throw run.signal?.aborted === true ? run.signal.reason : failed(error, run)
  }
}

/** Of the disk, or of what was read: not that the program's pipe was closed because of it. */
function isOwn(error: unknown): boolean {
  return !(error instanceof ToolFailure) && (error as { readonly code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE'
}

const dumpArguments = [
  '--single-transaction',
  '--skip-lock-tables',
  // Locks would ask for a right when it is restored.
  '--skip-add-locks',
  '--quick',
  '--routines',
  '--triggers',
  '--events',
  '--hex-blob',
  '--complete-insert',
  // These would ask for a right over all databases.
  '--no-tablespaces',
  '--default-character-set=utf8mb4',
  '--skip-dump-date',
  '--max-allowed-packet=1G',
]

// MySQL's would write down the server's transactions, and ask a table that MariaDB has not.
const productArguments = { MariaDB: [], MySQL: ['--set-gtid-purged=OFF', '--column-statistics=0'] } as const

async function lookBefore(connection: Connection, { witness }: BackupRun): Promise<readonly WitnessedTable[]> {
  const tables = await witness.structure(connection)
  const { rows } = await connection.execute({ sql: nonTransactional, parameters: [] })
  const others = rows.map(({ name, engine }) => `${String(name)} (${String(engine)})`)
  if (others.length > 0) {
    witness.note(
      `Tables that are not transactional were copied at other moments than the rest, if they were written to: ${others.join(', ')}`,
    )
  }
  const hidden = await hiddenNote(connection)
  if (hidden !== null) witness.note(hidden)
  const floats = tables.flatMap(({ name, columns }) =>
    columns.filter(({ type }) => type.startsWith('float')).map((column) => `${name}.${column.name}`),
  )
  if (floats.length > 0) {
    witness.note(
      `The server's dump writes a float with six digits, and one has seven: ${floats.join(', ')}; double has all`,
    )
  }
  return tables
}

/** What a user may not see is silently not in a dump: triggers without the one right, routines without any of them. */
async function hiddenNote(connection: Connection): Promise<string | null> {
  const [self] = (await connection.execute({ sql: whoAsks, parameters: [] })).rows
  // Rights that come by a role stand with the role.
  if (!['', 'NONE', 'null'].includes(String(self?.['role'] ?? ''))) return null
  const account = String(self?.['account'])
  const at = account.lastIndexOf('@')
  const grantee = `'${account.slice(0, at)}'@'${account.slice(at + 1)}'`
  const { rows } = await connection.execute({ sql: rightsOf, parameters: [grantee, grantee] })
  const has = new Set(rows.map((row) => String(row['name'])))
  const hidden = [
    ...(has.has('TRIGGER') ? [] : ['triggers (without TRIGGER)']),
    ...(has.has('EXECUTE') ? [] : ['routines (without EXECUTE)']),
  ]
  return hidden.length === 0
    ? null
    : `The user ${account} does not see all, and what it does not see is not in the file: ${hidden.join(', ')}`
}

const whoAsks = 'select current_user() as account, current_role() as role'

const rightsOf = `select privilege_type as name from information_schema.user_privileges where grantee = ?
  union select privilege_type from information_schema.schema_privileges where grantee = ? and database() like table_schema`

const nonTransactional = `select t.table_name as name, t.engine as engine from information_schema.tables t
  join information_schema.engines e on e.engine = t.engine
  where t.table_schema = database() and t.table_type in ('BASE TABLE', 'SYSTEM VERSIONED') and e.transactions <> 'YES'
  order by t.table_name`

function watch({ witness, progress }: BackupRun, tables: readonly WitnessedTable[]): Transform {
  const rows = new DumpedRows(tables, (table, columns, values) => witness.row(table, columns, values))
  let done = 0
  return new Transform({
    transform: (chunk: Buffer, _encoding, pass) => {
      done += chunk.length
      progress?.(done, null)
      try {
        rows.add(chunk)
        pass(null, chunk)
      } catch (error) {
        pass(error as Error)
      }
    },
  })
}

function databaseOf(url: string): string {
  return parseServerUrl(url).database
}

function failed(error: unknown, { url }: BackupRun): unknown {
  if (error instanceof TerraceError || !(error instanceof ToolFailure)) return error
  const values = {
    database: databaseOf(url),
    reason: toolWords(error),
    remedy:
      'Correct what it says, then back up again; the user needs SELECT, SHOW VIEW, TRIGGER and EVENT on the database',
  }
  return errors.BACKUP_FAILED({ values, cause: error })
}
