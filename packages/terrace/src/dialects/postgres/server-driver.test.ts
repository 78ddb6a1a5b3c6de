import { afterAll, describe, expect, test } from 'vitest'
import { describeEngines } from '../../../test/support/describe-engines.ts'
import type { Connection, Driver, Statement, StatementResult } from '../../database/index.ts'
import { postgresDialect } from './dialect.ts'

const onlyOne = { size: 1, overflow: 0 }
const readCommitted = { isolation: 'readCommitted', readOnly: false } as const

describeEngines(
  'PostgreSQL by pg',
  (engine) => {
    const opened: { readonly driver: Driver; readonly connection: Connection }[] = []
    const database = engine.fresh()
    afterAll(async () => {
      for (const { driver, connection } of opened) {
        await driver.release(connection)
        await driver.close()
      }
    })

    /** A connection of a pool of its own; `change` edits the URL. */
    const connect = async (change: (url: URL) => void = () => undefined): Promise<Connection> => {
      const url = new URL((await database).url)
      change(url)
      const driver = await postgresDialect.open({ url: url.href, pool: onlyOne })
      const connection = await driver.acquire({ access: 'write', timeoutMs: 2_000 })
      opened.push({ driver, connection })
      return connection
    }

    const named: Statement = { sql: 'select $1::int as n', parameters: [7], name: 'select_n' }
    const preparedNames = async (connection: Connection): Promise<readonly unknown[]> =>
      (await run(connection, 'select name from pg_prepared_statements')).rows.map(({ name }) => name)

    describe('named statements', () => {
      test('are prepared under their name, ad-hoc ones are not', async () => {
        const connection = await connect()
        await connection.execute(named)
        await run(connection, 'select 1')
        expect(await preparedNames(connection)).toEqual(['select_n'])
      })

      test('are not prepared with ?prepare=false', async () => {
        const connection = await connect((url) => url.searchParams.set('prepare', 'false'))
        expect((await connection.execute(named)).rows).toEqual([{ n: 7 }])
        expect(await preparedNames(connection)).toEqual([])
      })

      test('that the server lost are sent again without a name, and so is every later one', async () => {
        const connection = await connect()
        await connection.execute(named)
        await run(connection, 'deallocate all')
        expect((await connection.execute(named)).rows).toEqual([{ n: 7 }])
        await connection.execute({ ...named, name: 'another' })
        expect(await preparedNames(connection)).toEqual([])
      })

      test('whose name the server has from somebody else are sent without one', async () => {
        const connection = await connect()
        await run(connection, `prepare select_n as select 'not ours'`)
        expect((await connection.execute(named)).rows).toEqual([{ n: 7 }])
      })

      test('that were lost inside a transaction make the unit be repeated, which then succeeds', async () => {
        const connection = await connect()
        await connection.execute(named)
        await run(connection, 'deallocate all')
        await connection.begin(readCommitted)
        await expect(connection.execute(named)).rejects.toMatchObject({
          kind: 'serialization',
          retryable: true,
          endsSession: true,
        })
        await connection.rollback()
        await connection.begin(readCommitted)
        expect((await connection.execute(named)).rows).toEqual([{ n: 7 }])
        await connection.commit()
      })

      test('whose result changed its shape inside a transaction make the unit be repeated', async () => {
        const connection = await connect()
        const all = { sql: 'select * from shapes', parameters: [], name: 'all_shapes' }
        await run(connection, 'create table shapes (id int)')
        await connection.execute(all)
        await run(connection, 'alter table shapes add size int')
        await connection.begin(readCommitted)
        await expect(connection.execute(all)).rejects.toMatchObject({ kind: 'serialization', retryable: true })
        await connection.rollback()
        await connection.begin(readCommitted)
        expect((await connection.execute(all)).rows).toEqual([])
        await connection.commit()
        expect(await preparedNames(connection)).toContain('all_shapes_1')
      })
    })

    test('one text is one statement', async () => {
      await expect(run(await connect(), 'select 1; select 2')).rejects.toMatchObject({ kind: 'other' })
    })

    test('a commit that the server turns into a rollback is an error', async () => {
      const connection = await connect()
      await connection.begin(readCommitted)
      await expect(run(connection, 'select 1 / 0')).rejects.toMatchObject({ kind: 'invalidValue' })
      await expect(connection.commit()).rejects.toMatchObject({ kind: 'other' })
    })

    test('nothing is set for the session: the isolation belongs to the transaction alone', async () => {
      const connection = await connect()
      const levels: unknown[] = []
      const readLevel = async () => levels.push((await run(connection, 'show transaction_isolation')).rows[0])
      await connection.begin({ isolation: 'serializable', readOnly: true })
      await readLevel()
      await connection.commit()
      await readLevel()
      expect(levels).toEqual([{ transaction_isolation: 'serializable' }, { transaction_isolation: 'read committed' }])
    })

    describe('what cannot be opened says why, without the password', () => {
      const opening = (change: (url: URL) => void) =>
        connect((url) => {
          url.password = 'hunter2'
          change(url)
        })
      const refusal = async (change: (url: URL) => void): Promise<Error> => {
        const error = await opening(change).catch((reason: unknown) => reason)
        expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
        expect(String(error)).not.toContain('hunter2')
        return error as Error
      }
      const message = async (change: (url: URL) => void): Promise<string> => (await refusal(change)).message

      test('a database that is not there, and how it is made', async () => {
        expect(await refusal((url) => (url.pathname = '/no-such-database'))).toMatchObject({
          message: expect.stringMatching(/\/no-such-database cannot be opened: there is no such database$/),
          remedy: 'Create it: CREATE DATABASE "no-such-database", or correct the URL',
        })
      })

      test('options that the driver cannot use', async () => {
        const error = await opening((url) => url.searchParams.set('sslrootcert', '/no/such/file')).catch(
          (reason: unknown) => reason,
        )
        expect(error).toMatchObject({ code: 'DATABASE_URL', cause: { code: 'ENOENT' } })
        expect(String(error)).not.toContain('hunter2')
      })

      test('a user who is not there', async () => {
        expect(await message((url) => (url.username = 'no_such_user'))).toContain('//no_such_user@')
      })

      test('a host that is not there', async () => {
        expect(await message((url) => (url.hostname = 'no-such-host.invalid'))).toMatch(/looked up|unknown/)
      })

      test('a server whose dates or strings mean something else', async () => {
        expect(await message((url) => url.searchParams.set('options', '-c datestyle=German'))).toContain(
          '"German, DMY"',
        )
        expect(await message((url) => url.searchParams.set('options', '-c standard_conforming_strings=off'))).toContain(
          'backslash',
        )
      })
    })
  },
  ['postgres'],
)

async function run(connection: Connection, sql: string, ...parameters: readonly unknown[]): Promise<StatementResult> {
  return connection.execute({ sql, parameters })
}
