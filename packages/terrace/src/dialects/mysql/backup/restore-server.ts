import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import {
  countUntilGone,
  startTool,
  ToolFailure,
  withOnlyConnection,
  type Connection,
  type RestoreRun,
} from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import { parseServerUrl } from '../connection-url.ts'
import { quoteName } from '../schema-flavour.ts'
import { scratchDialect } from '../scratch.ts'
import { openServer } from '../server-driver.ts'
import { requireTool, toolWords, withConnecting, type ClientTool } from './client-tools.ts'

/** There while a restore is under way: a process that was killed in it leaves a database that says so. */
export const restoringTable = '_terrace_restoring'

/**
 * Each statement commits here, so the database is emptied and filled, and one that fails on the way is left with a part, which is
 * said. So everything that can be known before is asked before.
 */
export async function restoreServer(run: RestoreRun): Promise<void> {
  await refuseTruncated(run.file)
  const tool = await requireTool(['mariadb', 'mysql'])
  await withOnlyConnection({ url: run.url, open: openServer }, async (connection) => {
    await refuseInUse(connection, run)
    await refuseDefiners(connection, run)
    run.signal?.throwIfAborted()
    await execute(
      connection,
      `create table if not exists ${quoteName(restoringTable)} (since timestamp default current_timestamp)`,
    )
    await filling(run, async () => {
      await scratchDialect.clear(connection, new Set([`table ${restoringTable}`]))
      await fill(run, tool)
      await execute(connection, `drop table ${quoteName(restoringTable)}`)
    })
  })
}

async function execute(connection: Connection, sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await connection.execute({ sql, parameters: [] })).rows
}

const tailBytes = 4096

/** Source: mysqldump.c, write_footer. */
async function refuseTruncated(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(tailBytes),
      0,
      tailBytes,
      Math.max(0, size - tailBytes),
    )
    if (buffer.subarray(0, bytesRead).includes('-- Dump completed')) return
  } finally {
    await handle.close()
  }
  const remedy = 'Copy it again from where it is kept, or take another backup'
  throw errors.BACKUP_FILE({ values: { file, problem: 'it ends before the end of the dump', remedy } })
}

async function refuseInUse(connection: Connection, { url }: RestoreRun): Promise<void> {
  const others = await countUntilGone(async () => Number((await execute(connection, otherClients))[0]?.['others']))
  if (others === 0) return
  const { database } = parseServerUrl(url)
  throw errors.RESTORE_IN_USE({ values: { database, who: `other connections: ${others}` } })
}

const otherClients =
  'select count(*) as others from information_schema.processlist where db = database() and id <> connection_id()'

const definer = /^(?:CREATE |\/\*!5\d{4} CREATE\*\/ \/\*!5\d{4} |\/\*!5\d{4} )?DEFINER=(`(?:[^`]|``)*`@`(?:[^`]|``)*`)/

/** Views, triggers and routines run as who made them; to make them for another user takes a right that few have. */
async function refuseDefiners(connection: Connection, { file, url }: RestoreRun): Promise<void> {
  const [row] = await execute(connection, `select current_user() as self`)
  const self = String(row?.['self'])
  const grants = await execute(connection, 'show grants')
  const isAllowed = grants.some((grant) =>
    /\b(?:ALL PRIVILEGES|SUPER|SET USER|SET_USER_ID|SET_ANY_DEFINER)\b.* ON \*\.\*/.test(
      String(Object.values(grant)[0]),
    ),
  )
  if (isAllowed) return
  const others = [...(await definersIn(file))].filter((name) => name.replaceAll('`', '') !== self)
  if (others.length === 0) return
  const { database } = parseServerUrl(url)
  const reason = `views, triggers or routines in it run as ${others.join(', ')}, which only a user with SET USER may make`
  const remedy = `Restore as such a user, or grant it: grant set user on *.* to ${self} (MySQL: set_any_definer, set_user_id)`
  throw errors.RESTORE_FAILED({ values: { database, file, reason, state: 'Nothing was changed', remedy } })
}

async function definersIn(file: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'latin1' }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const name = line.startsWith('INSERT') ? undefined : definer.exec(line)?.[1]
      if (name !== undefined) found.add(name)
    }
  }
  return found
}

async function fill({ url, file, signal, progress }: RestoreRun, { tool, product }: ClientTool): Promise<void> {
  const { size } = await stat(file)
  await withConnecting(url, product, async ({ arguments: connecting, environment }) => {
    const { database } = parseServerUrl(url)
    const args = [
      ...connecting,
      '--binary-mode',
      // Without it comments inside routines are left out.
      '--comments',
      '--default-character-set=utf8mb4',
      '--max-allowed-packet=1G',
      '--',
      database,
    ]
    const { input, output, done } = startTool({ tool, arguments: args, environment, signal })
    output.resume()
    let read = 0
    const source = createReadStream(file)
    source.on('data', (chunk) => {
      read += chunk.length
      progress?.(read, size)
    })
    const [ended, piped] = await Promise.allSettled([done, pipeline(source, input)])
    for (const part of [ended, piped]) if (part.status === 'rejected') throw part.reason
  })
}

/** From here on the database is no longer what it was. */
async function filling({ url, file }: RestoreRun, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const reason = error instanceof ToolFailure ? toolWords(error) : 'it was stopped on the way, see the cause'
    const state = `It holds only a part of the file, which the table ${restoringTable} says until a restore has ended`
    const remedy = 'Do not use it: correct what is said here, and restore again, which begins anew'
    const { database } = parseServerUrl(url)
    throw errors.RESTORE_FAILED({ values: { database, file, reason, state, remedy }, cause: error })
  }
}
