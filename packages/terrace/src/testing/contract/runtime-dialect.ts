import { describe } from 'vitest'
import { useBench } from './runtime-dialect/bench.ts'
import { capabilitiesContract } from './runtime-dialect/capabilities.ts'
import { codecsContract } from './runtime-dialect/codecs.ts'
import { driverErrorsContract } from './runtime-dialect/driver-errors.ts'
import { openingContract } from './runtime-dialect/opening.ts'
import { poolContract } from './runtime-dialect/pool.ts'
import { resultsContract } from './runtime-dialect/results.ts'
import { statementCacheContract } from './runtime-dialect/statement-cache.ts'
import type { DialectUnderContract } from './runtime-dialect/subject.ts'
import { transactionsContract } from './runtime-dialect/transactions.ts'

export type { DialectUnderContract } from './runtime-dialect/subject.ts'

/**
 * What `RuntimeDialect` promises, tried on a real engine. Each dialect runs it from a test file of its own:
 *
 * ```ts
 * describeEngines('runtime dialect', (engine) => {
 *   runtimeDialectContract({
 *     engine: engine.name,
 *     createDialect: (load) => createExampleDialect({ load }),
 *     freshUrl: async () => (await engine.fresh()).url,
 *   })
 * }, ['example'])
 * ```
 *
 * Where engines differ stands in `engine-facts.ts`; a test that an engine cannot run is skipped with its reason in the name.
 */
export function runtimeDialectContract(subject: DialectUnderContract): void {
  const bench = useBench(subject)
  for (const [part, declare] of Object.entries(parts)) {
    describe(`its ${part}`, () => {
      declare(bench, subject)
    })
  }
}

const parts = {
  opening: openingContract,
  pool: poolContract,
  results: resultsContract,
  transactions: transactionsContract,
  'statement cache': statementCacheContract,
  'driver errors': driverErrorsContract,
  capabilities: capabilitiesContract,
  codecs: codecsContract,
} as const
