import type { BackupDialect, BackupPlace, Connection, IntegrityProblem } from '../../database/index.ts'
import { dumpServer } from './backup/dump-server.ts'
import { restoreServer, restoringTable } from './backup/restore-server.ts'
import { parseServerUrl } from './connection-url.ts'
import { quoteName } from './schema-flavour.ts'

/** MariaDB and MySQL by their own dump and client programs. MySQL 8.4 is untested. */
export const backupDialect: BackupDialect = Object.freeze<BackupDialect>({
  place,
  // Source: mysqldump.c, write_header: a comment with the program's name, behind a line for its sandbox.
  recognizes: (beginning) =>
    /^(?:\/\*M?!.*\n)?-- (?:MariaDB|MySQL) dump /.test(Buffer.from(beginning).toString('latin1')),
  backup: dumpServer,
  exists: () => null,
  restore: restoreServer,
  // Each connection of ours has said them already.
  plainTexts: [],
  // The driver makes objects of them.
  isSummed: (type) => !/^(?:geometry|point|linestring|polygon|multi|geomcollection)/.test(type),
  problems,
})

function place(url: string): BackupPlace {
  const { database } = parseServerUrl(url)
  return { database, extension: '.sql', copy: 'mysql-dump', versionParts: 2 }
}

async function problems(connection: Connection): Promise<readonly IntegrityProblem[]> {
  const sql = `select table_name as name from information_schema.tables
    where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED') order by table_name`
  const names = (await connection.execute({ sql, parameters: [] })).rows.map(({ name }) => String(name))
  if (names.length === 0) return []
  const unfinished = names.includes(restoringTable) ? [unfinishedRestore] : []
  const check = `check table ${names.map(quoteName).join(', ')} quick`
  const { rows } = await connection.execute({ sql: check, parameters: [] })
  return [
    ...unfinished,
    ...rows.filter((row) => /^(?:error|warning)$/i.test(String(row['Msg_type']))).map(tableProblem),
  ]
}

const unfinishedRestore: IntegrityProblem = {
  object: `table ${restoringTable}`,
  what: 'a restore was begun and has not ended: only a part of the backup is there',
  remedy: 'Restore again, which begins anew',
}

function tableProblem(row: Readonly<Record<string, unknown>>): IntegrityProblem {
  const table = String(row['Table']).replace(/^[^.]*\./, '')
  return {
    object: `table ${table}`,
    what: String(row['Msg_text']),
    remedy: 'Restore the latest backup that verifies, or look into the engine’s own ways to repair a table',
  }
}
