/**
 * One start of the depot as a process of its own. It loads what it needs, says `loaded`, waits for a line with a `StartOrder`,
 * and answers with a `StartAnswer`, each as JSON. Its argument is the scheme of the URL that will follow.
 */
import { createInterface } from 'node:readline/promises'
import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { depotGraph } from '../depot/depot.ts'
import { killingDriver } from './killing-driver.ts'
import { startDepot } from './start-depot.ts'
import type { StartAnswer, StartOrder } from './starter.ts'

const [scheme = ''] = process.argv.slice(2)
await dialectOf(`${scheme}:loaded-ahead`)
depotGraph(1)
process.stdout.write('loaded\n')

const lines = createInterface({ input: process.stdin })
for await (const line of lines) {
  const { kill, ...order } = JSON.parse(line) as StartOrder
  const startedAt = performance.now()
  const through: Parameters<typeof startDepot>[0]['through'] = (driver) => killingDriver(driver, kill ?? null)
  // Another process acts on what is told while it happens.
  const observer = {
    waiting: () => process.stdout.write('waiting\n'),
    applied: () => process.stdout.write('applied\n'),
  }
  const { steps, seeded } = await startDepot({ ...order, through, observer })
  const answer: StartAnswer = { steps: steps.length, seeded: seeded.length, readyMs: performance.now() - startedAt }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
  break
}
lines.close()
