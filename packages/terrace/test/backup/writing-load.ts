import type { Connection } from '../../src/database/index.ts'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { runStatements } from './run-statements.ts'

/** Two tables that each transaction writes to: a journal and a sum, which never disagree. */
export const loadTables: readonly string[] = [
  'create table entries (writer integer not null, n integer not null, half integer not null, primary key (writer, n, half))',
  'create table totals (writer integer not null primary key, n integer not null)',
  ...[0, 1, 2].map((writer) => `insert into totals values (${writer}, 0)`),
]

export interface Load {
  /** The last number of each writer whose commit was acknowledged. */
  acknowledged(): readonly number[]
  /** Ends after the transactions that are under way. */
  stop(): Promise<void>
}

/** Three writers, each on a connection of its own, as fast as they can: two rows and a sum in each transaction. */
export async function startLoad(url: string, pauseMs: number): Promise<Load> {
  const { runtime } = await dialectOf(url)
  const driver = await runtime.open({ url, pool: { size: 3, overflow: 0 } })
  const last = [0, 0, 0]
  const stopping = new AbortController()
  const writer = async (self: number): Promise<void> => {
    while (!stopping.signal.aborted) {
      const connection = await driver.acquire({ access: 'write', timeoutMs: 20_000 })
      try {
        await writeOne(connection, self, (last[self] ?? 0) + 1)
        last[self] = (last[self] ?? 0) + 1
      } finally {
        await driver.release(connection)
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  const writers = Promise.all(last.map((_, self) => writer(self)))
  writers.catch(() => undefined)
  return {
    acknowledged: () => [...last],
    stop: async () => {
      stopping.abort()
      await writers
      await driver.close()
    },
  }
}

async function writeOne(connection: Connection, writer: number, n: number): Promise<void> {
  const { isolationLevels } = connection.capabilities
  const isolation = isolationLevels.includes('readCommitted') ? 'readCommitted' : 'serializable'
  await connection.begin({ isolation, readOnly: false })
  for (const sql of [
    `insert into entries values (${writer}, ${n}, 1)`,
    `update totals set n = ${n} where writer = ${writer}`,
    `insert into entries values (${writer}, ${n}, 2)`,
  ])
    await connection.execute({ sql, parameters: [], returnsRows: false })
  await connection.commit()
}

/** What is no prefix of a writer's history, or torn; empty when all is well. */
export async function tornParts(url: string): Promise<readonly string[]> {
  const rows = await runStatements(
    url,
    `select t.writer as writer, t.n as total, coalesce(max(e.n), 0) as latest, count(e.n) as number from totals t
     left join entries e on e.writer = t.writer group by t.writer, t.n`,
  )
  return rows.flatMap(({ writer, total, latest, number }) => {
    const isWhole = Number(latest) === Number(total) && Number(number) === 2 * Number(total)
    return isWhole
      ? []
      : [`writer ${String(writer)}: total ${String(total)}, latest ${String(latest)}, rows ${String(number)}`]
  })
}

export async function totalsOf(url: string): Promise<readonly number[]> {
  return (await runStatements(url, 'select n from totals order by writer')).map(({ n }) => Number(n))
}
