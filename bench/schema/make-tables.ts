import type { Snapshot } from '../../packages/terrace/src/schema/index.ts'
import { plainConnection } from './plain-queries.ts'
import type { StructureSubject } from './subject.ts'

export interface MakeTables {
  readonly url: string
  readonly declared: Snapshot
}

// A transaction holds a lock on each table and index that it makes, and a server has room for some thousands.
const statementsAtOnce = 500

/** Makes the declared tables fast, many statements in one message, and registers them as Terrace's own. */
export async function makeTables({ structure }: StructureSubject, { url, declared }: MakeTables): Promise<void> {
  const started = performance.now()
  const { steps } = await structure.plan(declared)
  const plannedMs = performance.now() - started
  const statements = steps.flatMap((step) => step.statements)
  const plain = await plainConnection('postgres', url)
  try {
    for (let at = 0; at < statements.length; at += statementsAtOnce) {
      await plain.send(statements.slice(at, at + statementsAtOnce).join(';\n'))
    }
    await plain.send('analyze')
  } finally {
    await plain.close()
  }
  await structure.adopt(declared)
  const columns = Object.values(declared.tables).flatMap((table) => table.columns).length
  const madeMs = performance.now() - started
  console.log(
    `${Object.keys(declared.tables).length} tables, ${columns} columns, ${statements.length} statements: ` +
      `planned in ${plannedMs.toFixed(0)} ms, made and adopted in ${(madeMs / 1000).toFixed(1)} s`,
  )
}
