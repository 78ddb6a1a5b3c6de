import { expect, test } from 'vitest'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { withOnlyConnection } from '../../src/database/index.ts'
import { describeEngines } from '../support/describe-engines.ts'

const made = {
  sqliteFile: ['create table a (x integer primary key)', 'create view v as select x from a'],
  sqliteMemory: ['create table a (x integer primary key)', 'create virtual table words using fts5(word)'],
  pglite: ['create table a (x int primary key)', `create type mood as enum ('good')`],
  postgres: [
    'create table a (x int primary key)',
    'create schema other',
    'create table other.b (x int references a)',
    `create type mood as enum ('good')`,
    'create view v as select x from a',
    'create function f(n int) returns int language sql as $$ select n $$',
    'create materialized view m as select x from v',
    'create sequence s',
    'create table numbered (id int generated always as identity, n serial)',
    'create domain d as int check (value > 0)',
  ],
  mysql: [
    'create table a (x int primary key)',
    'create table b (x int primary key, constraint fk_b foreign key (x) references a (x))',
    'create view v as select x from a',
    'create function f(n int) returns int deterministic return n',
    'create trigger t before insert on a for each row set new.x = new.x + 1',
  ],
} as const

describeEngines('a scratch database', (engine) => {
  test('is empty, has what is made in it, and is empty again when it is cleared', { timeout: 60_000 }, async () => {
    const { url } = await engine.fresh()
    const { scratch, runtime } = await dialectOf(url)
    const database = await scratch.make(url)
    try {
      const found = await withOnlyConnection({ url: database.url, open: runtime.open }, async (connection) => {
        const before = await scratch.contents(connection)
        for (const sql of made[engine.name]) await connection.execute({ sql, parameters: [], returnsRows: false })
        const between = (await scratch.contents(connection)).map(({ name }) => name)
        await scratch.clear(connection, new Set())
        return { before, between, after: await scratch.contents(connection) }
      })
      expect(found).toMatchObject({ before: [], between: expect.arrayContaining(['table a']), after: [] })
    } finally {
      await database.drop()
    }
  })
})

describeEngines(
  'a scratch database on a server',
  (engine) => {
    test(
      'has the encoding and the sort order of the database that it stands beside, and is gone when dropped',
      { timeout: 60_000 },
      async () => {
        const { url } = await engine.fresh()
        const { scratch, runtime } = await dialectOf(url)
        const facts =
          engine.name === 'postgres'
            ? 'select datcollate, datctype, encoding from pg_database where datname = current_database()'
            : 'select @@character_set_database as charset, @@collation_database as collation'
        const factsOf = (at: string): Promise<unknown> =>
          withOnlyConnection({ url: at, open: runtime.open }, async (connection) => {
            const { rows } = await connection.execute({ sql: facts, parameters: [] })
            return rows
          })
        const database = await scratch.make(url)
        const [original, copy] = [await factsOf(url), await factsOf(database.url)]
        await database.drop()
        expect(copy).toEqual(original)
        await expect(factsOf(database.url)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' })
      },
    )

    test(
      'is removed a day later by the next one, where a process that was killed has left it; not one of today',
      { timeout: 60_000 },
      async () => {
        const { url } = await engine.fresh()
        const { scratch, runtime } = await dialectOf(url)
        const [old, young] = [Date.now() - 25 * 3_600_000, Date.now() - 3_600_000].map(
          (at) => `_terrace_s_${at}_0badcafe`,
        )
        const run = (sql: string): Promise<unknown> =>
          withOnlyConnection({ url, open: runtime.open }, async (connection) => {
            await connection.execute({ sql, parameters: [], returnsRows: false })
          })
        await run(`create database ${old}`)
        await run(`create database ${young}`)
        const database = await scratch.make(url)
        await database.drop()
        await expect(run(`create database ${old}`)).resolves.toBeUndefined()
        await run(`drop database ${old}`)
        await expect(run(`drop database ${young}`)).resolves.toBeUndefined()
      },
    )

    test(
      'is refused to a user who may not make one, with the statement that lets him',
      { timeout: 60_000 },
      async () => {
        const { url } = await engine.fresh()
        const { scratch, runtime } = await dialectOf(url)
        const name = `terrace_test_${Math.random().toString(36).slice(2)}`
        const isPostgres = engine.name === 'postgres'
        const user = isPostgres ? name : `'${name}'@'%'`
        const database = new URL(url).pathname.slice(1)
        const run = (sql: string): Promise<unknown> =>
          withOnlyConnection({ url, open: runtime.open }, async (connection) => {
            await connection.execute({ sql, parameters: [], returnsRows: false })
          })
        await run(
          isPostgres ? `create role ${user} login password 'secret'` : `create user ${user} identified by 'secret'`,
        )
        if (!isPostgres) await run(`grant all on \`${database}\`.* to ${user}`)
        const theirs = new URL(url)
        theirs.username = name
        theirs.password = 'secret'
        try {
          const error: unknown = await scratch.make(theirs.href).then(
            () => null,
            (refused: unknown) => refused,
          )
          expect(error).toMatchObject({ code: 'SCRATCH_REFUSED' })
          expect(String((error as Error).message)).toContain(name)
          expect(String((error as Error).message)).not.toContain('secret')
          expect(JSON.stringify(error)).toMatch(/createdb|grant all privileges/)
        } finally {
          await run(isPostgres ? `drop role ${user}` : `drop user ${user}`)
        }
      },
    )
  },
  ['postgres', 'mysql'],
)
