import { afterAll, describe, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Driver } from '../../database/index.ts'
import {
  boolean,
  decimal,
  graph,
  model,
  native,
  softDelete,
  text,
  uuid,
  type Columns,
  type ModelOptions,
} from '../../model/index.ts'
import { mysqlDialect } from './dialect.ts'

const longestAlone = 768
const longestBesideUuid = 759
const widest = 16_370

function problems(columns: Columns, options: ModelOptions<never> = {}) {
  const bound = graph({ Thing: model('things', { id: uuid().primaryKey(), ...columns }, options as never) })
  return mysqlDialect.unsupported(bound.Thing.graph)
}

describe('a graph for the MySQL family', () => {
  test('may have keys of at most 3072 bytes', () => {
    const indexed = { indexes: [['name']] } as never
    expect(problems({ name: text().length(1, longestAlone) }, indexed)).toEqual([])
    expect(problems({ name: text().length(1, longestAlone + 1) }, indexed)).toMatchObject([
      {
        model: 'Thing',
        column: 'name',
        reason: 'an entry of ix_things_name can have 3076 bytes, and at most 3072 fit',
      },
    ])
    const beside = { indexes: [['id', 'name']] } as never
    expect(problems({ name: text().length(1, longestBesideUuid) }, beside)).toEqual([])
    expect(problems({ name: text().length(1, longestBesideUuid + 1) }, beside)).toHaveLength(1)
  })

  test('may have rows of at most 65535 bytes; texts without a bound are kept outside', () => {
    expect(problems({ name: text().length(1, widest), note: text() })).toEqual([])
    expect(problems({ name: text().length(1, widest + 4), note: text() })).toMatchObject([
      { model: 'Thing', column: null },
    ])
  })

  test('has no types of other engines', () => {
    expect(problems({ search: native('tsvector') })).toMatchObject([
      { column: 'search', reason: 'it has no type tsvector' },
    ])
    expect(problems({ place: native('point'), key: native('varbinary(16)') })).toEqual([])
  })

  test('has one name that a unique rule over the rows alive takes for itself', () => {
    const taken = { alive: boolean(), code: text().length(1, 9).unique(), ...softDelete() }
    expect(problems(taken)).toMatchObject([{ model: 'Thing', column: 'alive' }])
    expect(problems({ ...taken, alive: boolean().column('is_alive') })).toEqual([])
    expect(problems({ alive: boolean(), code: text().length(1, 9).unique() })).toEqual([])
  })

  test('has decimals of at most 65 digits, 30 of them after the point', () => {
    expect(problems({ price: decimal(65, 30) })).toEqual([])
    expect(problems({ price: decimal(66, 2) })).toMatchObject([{ column: 'price' }])
    expect(problems({ price: decimal(40, 31) })).toMatchObject([{ column: 'price' }])
  })
})

describeEngines(
  'the limits of keys and rows',
  (engine) => {
    const drivers: Driver[] = []
    afterAll(() => Promise.all(drivers.map((driver) => driver.close())))

    // Not by unique rules: where an entry is too large MariaDB makes a hash of it, which nothing can be looked up by.
    test('are where the server says they are', async () => {
      const driver = await mysqlDialect.open({ url: (await engine.fresh()).url, pool: {} })
      drivers.push(driver)
      const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
      let tables = 0
      const create = async (definitions: string): Promise<boolean> => {
        tables += 1
        const sql = `create table t${tables} (${definitions}) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin`
        return Promise.resolve(connection.execute({ sql, parameters: [] })).then(
          () => true,
          () => false,
        )
      }
      const id = 'id char(36) character set ascii collate ascii_bin'
      expect(await create(`name varchar(${longestAlone}) primary key`)).toBe(true)
      expect(await create(`name varchar(${longestAlone + 1}) primary key`)).toBe(false)
      expect(await create(`${id}, name varchar(${longestBesideUuid}), primary key (id, name)`)).toBe(true)
      expect(await create(`${id}, name varchar(${longestBesideUuid + 1}), primary key (id, name)`)).toBe(false)
      expect(await create(`${id}, name varchar(${widest}), note longtext`)).toBe(true)
      expect(await create(`${id}, name varchar(${widest + 4}), note longtext`)).toBe(false)
      await driver.release(connection)
    })
  },
  ['mysql'],
)
