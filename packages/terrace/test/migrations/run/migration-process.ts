/**
 * One run of revisions as a process of its own: says `loaded`, waits for a line with a `MigrationOrder`, and answers with the ids of
 * what it has done. Its argument is the scheme of the URL that will follow.
 */
import { createInterface } from 'node:readline/promises'
import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { killingDriver } from '../../structure/starts/killing-driver.ts'
import { goShop, type MigrationOrder } from './go-shop.ts'

const [scheme = ''] = process.argv.slice(2)
await dialectOf(`${scheme}:loaded-ahead`)
process.stdout.write('loaded\n')

const lines = createInterface({ input: process.stdin })
for await (const line of lines) {
  const { kill, ...order } = JSON.parse(line) as MigrationOrder
  const observer = { waiting: () => process.stdout.write('waiting\n'), begun: () => process.stdout.write('begun\n') }
  const done = await goShop(order, { through: (driver) => killingDriver(driver, kill ?? null), observer })
  process.stdout.write(`${JSON.stringify({ done: done.map(({ revision }) => revision) })}\n`)
  break
}
lines.close()
