import { stat } from 'node:fs/promises'
import { runTool, ToolFailure, type BackupRun, type Connection } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import { parseServerUrl } from '../connection-url.ts'
import { openServer } from '../server-driver.ts'
import { requireAsNew, requireTool, toolWords } from './client-tools.ts'
import { toolEnvironment } from './tool-environment.ts'

const timeoutMs = 10_000
const progressEveryMs = 500

/**
 * `pg_dump` reads the snapshot of a transaction of ours, which is also what the witness sees: both have the state of one moment,
 * whatever is committed meanwhile. Source: PostgreSQL manual, "Snapshot Synchronization Functions".
 */
export async function dumpServer(run: BackupRun): Promise<void> {
  const release = await requireTool('pg_dump')
  const driver = await openServer({ url: run.url, pool: { size: 1, overflow: 0 } })
  try {
    requireAsNew('pg_dump', release, driver.capabilities.version)
    const connection = await driver.acquire({ access: 'read', timeoutMs })
    try {
      await dumpBeside(connection, run)
    } finally {
      // What it is still reading, for a dump that has failed, ends with it.
      await driver.release(connection, { broken: true })
    }
  } catch (error) {
    throw run.signal?.aborted === true ? run.signal.reason : failed(error, run)
  } finally {
    await driver.close()
  }
}

async function dumpBeside(connection: Connection, run: BackupRun): Promise<void> {
  await connection.begin({ isolation: 'repeatableRead', readOnly: true })
  for (const setting of ['idle_in_transaction_session_timeout', 'statement_timeout'])
    await connection.execute({ sql: `set local ${setting} = 0`, parameters: [] })
  const { rows } = await connection.execute({ sql: 'select pg_export_snapshot() as snapshot', parameters: [] })
  const stopped = new AbortController()
  const signal = run.signal === undefined ? stopped.signal : AbortSignal.any([run.signal, stopped.signal])
  const dumped = runTool({
    tool: 'pg_dump',
    arguments: argumentsOf(run.file, String(rows[0]?.['snapshot'])),
    environment: toolEnvironment(run.url),
    signal,
  })
  const told = tellProgress(run)
  try {
    await Promise.all([dumped, run.witness.sees(connection)])
  } finally {
    clearInterval(told)
    stopped.abort()
    await Promise.allSettled([dumped])
  }
  await connection.rollback()
}

function argumentsOf(file: string, snapshot: string): readonly string[] {
  return [
    '--format=custom',
    `--file=${file}`,
    `--snapshot=${snapshot}`,
    '--no-password',
    '--encoding=UTF8',
    // A table that somebody is altering for longer than this is no moment for a backup.
    '--lock-wait-timeout=60s',
  ]
}

function tellProgress({ file, progress }: BackupRun): NodeJS.Timeout {
  const tell = async (): Promise<void> => {
    const { size } = await stat(file)
    progress?.(size, null)
  }
  return setInterval(() => {
    // The file may be gone by the time: then there is nothing to tell.
    tell().catch(() => undefined)
  }, progressEveryMs)
}

function failed(error: unknown, { url }: BackupRun): unknown {
  if (!(error instanceof ToolFailure)) return error
  const values = {
    database: parseServerUrl(url).database,
    reason: toolWords(error),
    remedy: 'Correct what it says, then back up again; the user has to be allowed to read every table',
  }
  return errors.BACKUP_FAILED({ values, cause: error })
}
