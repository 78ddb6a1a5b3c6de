import { devNull } from 'node:os'
import {
  countUntilGone,
  startTool,
  ToolFailure,
  type Driver,
  type RestoreRun,
  type RunningTool,
} from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import { parseServerUrl } from '../connection-url.ts'
import { openServer } from '../server-driver.ts'
import { clearDatabase } from './clear-database.ts'
import { requireTool, toolWords } from './client-tools.ts'
import { toolEnvironment } from './tool-environment.ts'

const timeoutMs = 10_000

/**
 * `pg_restore` writes the statements, `psql` runs them, in one transaction that begins by emptying the database: whatever fails, all
 * is as it was. `pg_restore` by itself leaves what was made after the backup, or fails on it.
 */
export async function restoreServer(run: RestoreRun): Promise<void> {
  await requireTool('pg_restore')
  await requireTool('psql')
  const driver = await openServer({ url: run.url, pool: { size: 1, overflow: 0 } })
  try {
    await refuseInUse(driver, run)
    await pipeStatements(run)
    // Without its statistics the planner would guess until the next automatic ANALYZE.
    await execute(driver, 'analyze')
  } catch (error) {
    throw run.signal?.aborted === true ? run.signal.reason : failed(error, run)
  } finally {
    await driver.close()
  }
}

async function refuseInUse(driver: Driver, { url }: RestoreRun): Promise<void> {
  const others = await countUntilGone(async () => Number((await execute(driver, otherClients))[0]?.['others']))
  if (others === 0) return
  const { database } = parseServerUrl(url)
  throw errors.RESTORE_IN_USE({ values: { database, who: `other connections: ${others}` } })
}

const otherClients = `select count(*) as others from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`

async function execute(driver: Driver, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await driver.acquire({ access: 'write', timeoutMs })
  try {
    return (await connection.execute({ sql, parameters: [] })).rows
  } finally {
    await driver.release(connection)
  }
}

async function pipeStatements(run: RestoreRun): Promise<void> {
  const { signal } = run
  const environment = toolEnvironment(run.url)
  const writer = startTool({
    tool: 'pg_restore',
    arguments: ['--file=-', '--clean', '--if-exists', '--', run.file],
    environment,
    signal,
  })
  const reader = startTool({
    tool: 'psql',
    arguments: ['--no-psqlrc', '--quiet', '--no-password', '--set=ON_ERROR_STOP=1', `--output=${devNull}`, '--file=-'],
    environment,
    signal,
  })
  writer.input.end()
  reader.output.resume()
  try {
    reader.input.write(`begin;\nset local lock_timeout = '10s';\n${clearDatabase}\n`)
    await Promise.race([copied(writer, reader, run), ended(reader)])
    // Only now: a program that ended early has not written everything, and without this nothing stays.
    reader.input.end('\ncommit;\n')
    await reader.done
  } finally {
    writer.stop()
    reader.stop()
    reader.input.destroy()
    // What it still has to say would keep it waiting.
    writer.output.destroy()
    await Promise.allSettled([writer.done, reader.done])
  }
}

/** What the program itself says goes before what is missing of its words. */
async function copied(writer: RunningTool, reader: RunningTool, run: RestoreRun): Promise<void> {
  const parts = await Promise.allSettled([writer.done, copyAll(writer, reader, run)])
  for (const part of parts) if (part.status === 'rejected') throw part.reason
}

const lastWords = 'PostgreSQL database dump complete'

async function copyAll(writer: RunningTool, reader: RunningTool, { progress }: RestoreRun): Promise<void> {
  let done = 0
  let tail = ''
  for await (const chunk of writer.output as AsyncIterable<Buffer>) {
    done += chunk.length
    tail = (tail + chunk.subarray(-lastWords.length * 4).toString('latin1')).slice(-lastWords.length * 8)
    // Of the statements, which are more than the compressed file.
    progress?.(done, null)
    if (reader.input.destroyed) return
    if (!reader.input.write(chunk)) await drained(reader)
  }
  if (!tail.includes(lastWords))
    throw new ToolFailure('pg_restore', 0, 'error: it ended before the end of the statements')
}

function drained({ input }: RunningTool): Promise<void> {
  return new Promise((resolve) => {
    if (input.destroyed) return resolve()
    input.once('drain', resolve)
    input.once('close', resolve)
  })
}

/** One that ends before it has everything has refused something. */
async function ended({ done }: RunningTool): Promise<void> {
  await done
  throw new ToolFailure('psql', 0, 'error: it ended before the end of the statements')
}

function failed(error: unknown, { url, file }: RestoreRun): unknown {
  if (!(error instanceof ToolFailure)) return error
  const reason = toolWords(error)
  const isRole = /role "[^"]*" does not exist/.test(reason)
  const remedy = isRole
    ? 'Create the roles that own or may use its objects: a backup of one database does not carry them'
    : 'Correct what it says, then restore again'
  const { database } = parseServerUrl(url)
  return errors.RESTORE_FAILED({
    values: { database, file, reason, state: 'Nothing was changed: all of it is one transaction', remedy },
    cause: error,
  })
}
