import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect as connectTo, createServer, type AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, type Compilable } from 'kysely'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Connection, Driver, StatementResult } from '../../database/index.ts'
import { columnFactsOf, decimal, timestamp } from '../../model/index.ts'
import { mysqlDialect } from './dialect.ts'

const execute = promisify(execFile)

interface Tables {
  things: { id: number; name: string }
}

describeEngines(
  'MariaDB by mysql2',
  (engine) => {
    const opened: { readonly driver: Driver; readonly connection: Connection }[] = []
    const database = engine.fresh()
    afterAll(async () => {
      for (const { driver, connection } of opened) {
        await driver.release(connection)
        await driver.close()
      }
    })

    const connect = async (change: (url: URL) => void = () => undefined): Promise<Connection> => {
      const url = new URL((await database).url)
      change(url)
      const driver = await mysqlDialect.open({ url: url.href, pool: { size: 1, overflow: 0 } })
      const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
      opened.push({ driver, connection })
      return connection
    }

    test('a connection means the same whatever the server is configured to', async () => {
      const connection = await connect()
      const { rows } = await run(
        connection,
        `select @@time_zone as zone, @@sql_mode as modes, @@tx_isolation as isolation, @@collation_connection as collation`,
      )
      expect(rows[0]).toMatchObject({ zone: '+00:00', isolation: 'READ-COMMITTED', collation: 'utf8mb4_nopad_bin' })
      expect(rows[0]?.['modes']).toContain('STRICT_ALL_TABLES')
      expect(rows[0]?.['modes']).not.toContain('NO_BACKSLASH_ESCAPES')
      expect((await run(connection, `select 'a' || ? as joined`, 'b')).rows).toEqual([{ joined: 'ab' }])
    })

    test('another isolation is that of one transaction', async () => {
      const connection = await connect()
      const seen: unknown[] = []
      // What a second read of the same unit sees of another one's commit tells the levels apart.
      const other = await connect()
      await run(connection, 'create table levels (n int)')
      for (const isolation of ['repeatableRead', 'readCommitted'] as const) {
        await connection.begin({ isolation, readOnly: true })
        await run(connection, 'select count(*) as n from levels')
        await run(other, 'insert into levels values (1)')
        seen.push((await run(connection, 'select count(*) as n from levels')).rows[0]?.['n'])
        await connection.commit()
      }
      expect(seen).toEqual([0, 2])
    })

    test('sums with parameters are exact beyond what a double holds', async () => {
      const connection = await connect()
      const [fact] = columnFactsOf({ price: decimal(18, 4) })
      if (fact === undefined) throw new Error('no column')
      const price = mysqlDialect.codec(fact).encode?.('90071992547409.9301' as never)
      await run(connection, 'create table sums (n bigint, price decimal(18, 4))')
      await run(connection, 'insert into sums values (?, ?)', 2n ** 53n, price)
      const { rows } = await run(
        connection,
        'select n + ? as n, n + ? as m, price + ? as price from sums',
        1,
        1n,
        price,
      )
      expect(rows).toEqual([{ n: 2n ** 53n + 1n, m: 2n ** 53n + 1n, price: '180143985094819.8602' }])
      const outside = await run(connection, 'select n from sums where n < ?', 2n ** 70n)
      expect(outside.rows).toHaveLength(1)
    })

    test('times of the years 1 and 9999 are kept to the microsecond', async () => {
      const connection = await connect()
      const [fact] = columnFactsOf({ at: timestamp({ precision: 6 }) })
      const codec = fact === undefined ? null : mysqlDialect.codec(fact)
      await run(connection, 'create table times (at datetime(6))')
      for (const at of ['0001-01-01T00:00:00.000001Z', '9999-12-31T23:59:59.999999Z', '2026-07-30T00:00:00.000000Z']) {
        await run(connection, 'insert into times values (?)', codec?.encode?.(at as never))
        const { rows } = await run(connection, 'select at from times where at = ?', codec?.encode?.(at as never))
        expect(rows.map((row) => codec?.decode?.(row['at'] as never))).toEqual([at])
      }
    })

    test.each([3, 6] as const)(
      'instants that do not exist, of other programs, are refused (precision %i)',
      async (precision) => {
        const connection = await connect()
        const [fact] = columnFactsOf({ at: precision === 6 ? timestamp({ precision }) : timestamp() })
        const codec = fact === undefined ? null : mysqlDialect.codec(fact)
        await run(connection, `set sql_mode = ''`)
        await run(connection, `create table zeros${precision} (at datetime(${precision}))`)
        await run(connection, `insert into zeros${precision} values ('0000-00-00')`)
        const { rows } = await run(connection, `select at from zeros${precision}`)
        expect(() => codec?.decode?.(rows[0]?.['at'] as never)).toThrow(
          expect.objectContaining({ code: 'VALUE_UNREADABLE' }),
        )
      },
    )

    test('a command that cannot be prepared runs all the same', async () => {
      const connection = await connect()
      await run(connection, 'create table locked (n int)')
      expect(await run(connection, 'lock tables locked read')).toMatchObject({ rows: [] })
      await run(connection, 'unlock tables')
    })

    test('the driver is found outside of the test runner too, where Node reads its CommonJS exports', async () => {
      const program = `
        import { mysqlDialect } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
        const driver = await mysqlDialect.open({ url: ${JSON.stringify((await database).url)}, pool: {} })
        const connection = await driver.acquire({ access: 'write', timeoutMs: 2000 })
        const { rows } = await connection.execute({ sql: 'select ? + 1 as n', parameters: [41] })
        process.stdout.write(JSON.stringify(rows))
        await driver.release(connection)
        await driver.close()`
      const { stdout } = await execute(process.execPath, [
        '--conditions=terrace:source',
        '--input-type=module',
        '-e',
        program,
      ])
      expect(JSON.parse(stdout)).toEqual([{ n: 42 }])
    })

    test.each([
      ['fewer', `select '?' as a`, 0, 1],
      ['more', 'select ? as a', 1, 0],
    ])('a statement with %s places than values is refused before it is sent', async (_, sql, places, given) => {
      const values = Array.from({ length: given }, () => 'value')
      await expect(run(await connect(), sql, ...values)).rejects.toMatchObject({
        kind: 'other',
        cause: expect.objectContaining({ message: `${given} values for ${places} places` }) as Error,
      })
    })

    test('one text is one statement', async () => {
      await expect(run(await connect(), 'select 1; select 2')).rejects.toMatchObject({ kind: 'other' })
    })

    test("Kysely's trees render what this server has: RETURNING, and its form of a shared lock", async () => {
      const connection = await connect()
      const db = new Kysely<Tables>({
        dialect: {
          createAdapter: () => new MysqlAdapter(),
          createDriver: () => new DummyDriver(),
          createIntrospector: (kysely) => new MysqlIntrospector(kysely),
          createQueryCompiler: () => mysqlDialect.createQueryCompiler(connection.capabilities) as never,
        },
      })
      const send = (query: Compilable<unknown>): Promise<StatementResult> => {
        const { sql, parameters } = query.compile()
        return run(connection, sql, ...parameters)
      }
      await run(connection, 'create table things (id bigint auto_increment primary key, name varchar(20))')
      const made = await send(
        db
          .insertInto('things')
          .values({ name: 'a' } as never)
          .returning(['id', 'name']),
      )
      expect(made).toMatchObject({ rows: [{ id: 1, name: 'a' }], changed: 1 })
      const locked = db.selectFrom('things').select('name').where('id', '=', 1).forShare()
      expect(locked.compile().sql).toMatch(/ lock in share mode$/)
      expect((await send(locked)).rows).toEqual([{ name: 'a' }])
      const gone = await send(db.deleteFrom('things').where('id', '=', 1).returning('name'))
      expect(gone).toMatchObject({ rows: [{ name: 'a' }], changed: 1 })
    })

    describe('what cannot be opened says why, without the password', () => {
      const refusal = async (change: (url: URL) => void): Promise<Error> => {
        const error = await connect(change).catch((reason: unknown) => reason)
        expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
        expect(String(error)).not.toContain('hunter2')
        return error as Error
      }
      const message = async (change: (url: URL) => void): Promise<string> => (await refusal(change)).message

      test('a database that is not there, and how it is made', async () => {
        expect(await refusal((url) => (url.pathname = '/no_such_database'))).toMatchObject({
          message: expect.stringMatching(/there is no such database$/),
          remedy: 'Create it: CREATE DATABASE `no_such_database`, or correct the URL',
        })
      })

      test('a wrong user or password', async () => {
        const refused = await message((url) => Object.assign(url, { username: 'no_such_user', password: 'hunter2' }))
        expect(refused).toMatch(/\/\/no_such_user@.* the user or the password was refused$/)
        // An account of every MariaDB, which no password opens: another error of the server.
        const wrong = await message((url) => Object.assign(url, { username: 'mysql', password: 'hunter2' }))
        expect(wrong).toMatch(/\/\/mysql@.* the user or the password was refused$/)
      })

      test('a server that falls silent after the handshake', async () => {
        const target = new URL((await database).url)
        const silent = Promise.withResolvers<void>()
        const proxy = createServer((near) => {
          const far = connectTo({ host: target.hostname, port: Number(target.port || 3306) })
          far.pipe(near)
          near.on('data', (bytes) => (bytes.includes('select version()') ? silent.resolve() : far.write(bytes)))
          near.on('close', () => far.destroy()).on('error', () => far.destroy())
          far.on('error', () => near.destroy())
        })
        await once(proxy.listen(0, '127.0.0.1'), 'listening')
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
        try {
          const refused = message((url) =>
            Object.assign(url, { host: `127.0.0.1:${(proxy.address() as AddressInfo).port}` }),
          )
          await silent.promise
          await vi.advanceTimersByTimeAsync(10_000)
          expect(await refused).toMatch(/no answer within 10 s$/)
        } finally {
          vi.useRealTimers()
          proxy.close()
        }
      })

      test('a host that is not there', async () => {
        expect(await message((url) => (url.hostname = 'no-such-host.invalid'))).toMatch(/looked up|unknown/)
      })
    })
  },
  ['mysql'],
)

async function run(connection: Connection, sql: string, ...parameters: readonly unknown[]): Promise<StatementResult> {
  return connection.execute({ sql, parameters })
}
