import { afterAll, describe, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Driver } from '../../database/index.ts'
import { decimal, graph, model, text, uuid, type Columns } from '../../model/index.ts'
import { postgresDialect } from './dialect.ts'

// The longest text that always fits into an index by itself.
const longest = 673

function problems(columns: Columns, index: readonly [string, ...string[]] = ['name']) {
  const bound = graph({
    Thing: model('things', { id: uuid().primaryKey(), ...columns }, { indexes: [index as never] }),
  })
  return postgresDialect.unsupported(bound.Thing.graph)
}

describe('a graph for PostgreSQL', () => {
  test('may have indexes whose entries always fit', () => {
    expect(problems({ name: text().length(1, longest) })).toEqual([])
  })

  test('may not have an index over texts that might not fit', () => {
    expect(problems({ name: text().length(1, longest + 1) })).toEqual([
      {
        model: 'Thing',
        column: 'name',
        reason: 'an entry of ix_things_name can have 2700 bytes, and at most 2696 fit',
        remedy: expect.stringContaining('4 bytes'),
      },
    ])
    expect(problems({ name: text().length(1, 400), note: text().length(1, 400) }, ['name', 'note'])).toHaveLength(1)
  })

  test('may have decimals of at most a thousand digits', () => {
    expect(problems({ name: text().length(1, 9), price: decimal(1000, 4) })).toEqual([])
    expect(problems({ name: text().length(1, 9), price: decimal(1001, 4) })).toMatchObject([{ column: 'price' }])
  })
})

describeEngines(
  'the largest index entry',
  (engine) => {
    const drivers: Driver[] = []
    afterAll(() => Promise.all(drivers.map((driver) => driver.close())))

    test('is where the server says it is', async () => {
      const driver = await postgresDialect.open({ url: (await engine.fresh()).url, pool: {} })
      drivers.push(driver)
      const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
      const run = async (sql: string, ...parameters: unknown[]) => connection.execute({ sql, parameters })
      await run('create table things (name text collate "C" unique)')
      await run('insert into things values ($1)', incompressible(longest))
      await expect(run('insert into things values ($1)', incompressible(longest + 1))).rejects.toMatchObject({
        kind: 'tooLong',
      })
      await driver.release(connection)
    })
  },
  ['postgres'],
)

/** Characters of four bytes with nothing that repeats: what compresses would fit although it is longer. */
function incompressible(length: number): string {
  let state = 1
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCodePoint(0x10000 + (state % 0xf0000))
  }).join('')
}
