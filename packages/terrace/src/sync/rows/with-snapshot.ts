import { isolationAtLeast, type Driver } from '../../database/index.ts'
import type { StatementRunner } from '../statement-runner.ts'
import { withConnection } from '../with-connection.ts'

/** Reads one state of the whole database, whatever others write meanwhile; nothing can be written. */
export function withSnapshot<T>(
  driver: Driver,
  { timeoutMs }: { readonly timeoutMs: number },
  work: (runner: StatementRunner) => Promise<T>,
): Promise<T> {
  return withConnection(driver, { access: 'read', timeoutMs }, async (runner) => {
    const { connection } = runner
    await connection.begin({ isolation: isolationAtLeast('repeatableRead', connection.capabilities), readOnly: true })
    const result = await work(runner)
    await connection.commit()
    return result
  })
}
