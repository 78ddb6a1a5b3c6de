import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { unscoped, type Database } from '../../src/database/index.ts'
import { buildColumn } from '../../src/model/build-column.ts'
import { typeText } from '../../src/model/check/type-text.ts'
import { graph, integer, model, type BoundModel, type Column, type ColumnType } from '../../src/model/index.ts'
import type { ColumnShape, DeclaredAs, LiveStructure } from '../../src/schema/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { followedDatabase, type FollowedDatabase } from '../support/followed-database.ts'
import { storedTypes } from './stored-types.ts'
import type { StoredType } from './types/stored-type.ts'

type Row = Readonly<Record<string, unknown>>

/** The DAO of a table whose columns the compiler does not know. */
interface ThingDao {
  create(row: Row): Promise<Row>
  createMany(rows: readonly Row[]): Promise<unknown>
  update(id: number, patch: Row): Promise<unknown>
  list(options: { readonly where: Row; readonly sort: readonly string[] }): Promise<unknown>
  get(id: number): Promise<Row | null>
  count(where: Row): Promise<number>
}

interface Case extends StoredType {
  readonly table: string
  readonly name: string
}

/** `strict_things` → `StrictThings` */
function nameOf(table: string): string {
  return table.replaceAll(/(?:^|_)([a-z])/g, (_, first: string) => first.toUpperCase())
}

const written = 100
const offended = 1000

/** What a model that was pulled would declare. */
function columnOf(declared: DeclaredAs, { type, collation }: ColumnShape, engine: string): Column {
  if (declared.kind === 'none') throw new Error(declared.reason)
  const kind: ColumnType = declared.kind === 'native' ? { kind: 'native', name: declared.name } : declared.type
  const marks = kind.kind === 'native' ? { readOnly: true } : {}
  const rules = kind.kind === 'oneOf' ? [{ kind: 'oneOf', values: kind.values } as const] : []
  return buildColumn(kind, { ...marks, rules, nullable: true, stored: { [engine]: { type, collation } } })
}

function textOf(declared: DeclaredAs): string {
  return declared.kind === 'none'
    ? declared.reason
    : typeText(declared.kind === 'native' ? (declared as never) : declared.type)
}

describeEngines(
  'what others have stored, and a model declares,',
  (engine) => {
    const { types = [], tables = {}, before = [], exactly = String } = storedTypes[engine.name] ?? {}
    const cases = types.map((type, at): Case => ({ table: 'things', ...type, name: `c${at}` }))
    let bench: FollowedDatabase
    let live: LiveStructure
    let db: Database
    let models: Readonly<Record<string, BoundModel>>

    const shapeOf = ({ table, name }: Case): ColumnShape =>
      live.snapshot.tables[table]?.columns.find((column) => column.name === name) as ColumnShape
    const declaredOf = (one: Case): DeclaredAs =>
      bench.structure.dialect.declaredAs(shapeOf(one), live.snapshot.tables[one.table] as never, live)
    const withDao = <R>(table: string, work: (dao: ThingDao) => Promise<R>): Promise<R> =>
      db.session(unscoped('stored types'), (session) =>
        work(new (Dao(models[nameOf(table)] as BoundModel))(session) as unknown as ThingDao),
      )

    async function makeTables(): Promise<void> {
      for (const sql of before) await bench.byHand(sql)
      for (const [table, [key, suffix]] of Object.entries(tables)) {
        const own = cases.filter((one) => one.table === table)
        const columns = own.map(({ name, sql }) => `${name} ${sql.replaceAll('{}', name)}`)
        await bench.byHand(`create table ${table} (${[key, ...columns].join(', ')})${suffix}`)
        const most = Math.max(...own.map(({ values }) => values.length))
        for (let at = 0; at < most; at += 1) {
          const given = own.filter(({ values }) => at < values.length)
          const names = given.map(({ name }) => name).join(', ')
          await bench.byHand(
            `insert into ${table} (id, ${names}) values (${at + 1}, ${given.map(({ values }) => values[at]?.[0]).join(', ')})`,
          )
        }
      }
    }

    beforeAll(async () => {
      bench = await followedDatabase(engine)
      await makeTables()
      live = await bench.structure.introspect()
      const declared = Object.keys(tables).map((table) => {
        const columns = cases
          .filter((one) => one.table === table)
          .map((one) => [one.name, columnOf(declaredOf(one), shapeOf(one), bench.structure.dialect.name)] as const)
        return [nameOf(table), model(table, { id: integer().primaryKey(), ...Object.fromEntries(columns) })] as const
      })
      models = graph(Object.fromEntries(declared)) as typeof models
      db = await openDatabase(bench.url, { models, structure: 'off' })
    })
    afterAll(async () => {
      await db.close()
      await bench.driver.close()
    })

    test.each(cases)('$sql is declared as $declared', (one) => {
      const declared = declaredOf(one)
      expect(textOf(declared)).toBe(one.declared)
      expect(declared).toMatchObject('default' in one ? { default: one.default } : {})
      expect(declared.kind === 'none' ? declared.reason : (declared.note ?? '')).toMatch(one.note ?? /^/)
    })

    describe.each(Object.keys(tables))('in %s', (table) => {
      const own = cases.filter((one) => one.table === table)
      const rows = Math.max(...own.map(({ values }) => values.length))

      test('is read through the DAO as what it is', async () => {
        const read = await withDao(table, async (dao) => {
          const all: Row[] = []
          for (let id = 1; id <= rows; id += 1) all.push((await dao.get(id)) ?? {})
          return all
        })
        for (const { name, sql, values } of own)
          expect([sql, ...values.map((_, at) => read[at]?.[name])]).toEqual([sql, ...values.map(([, value]) => value)])
      })

      test('is written through the DAO, and plain SQL finds the same as before', async () => {
        const writable = own.filter((one) => declaredOf(one).kind === 'column')
        await withDao(table, async (dao) => {
          const copies: Row[] = []
          for (let id = 1; id <= rows; id += 1) {
            const row = (await dao.get(id)) ?? {}
            const values = Object.fromEntries(writable.map(({ name }) => [name, row[name] ?? null]))
            copies.push({ id: id + written, ...values })
          }
          const [first = {}, ...rest] = copies
          await dao.create(first)
          await dao.createMany(rest)
          // What it had already, so that nothing changes.
          await dao.update(Number(first['id']), Object.fromEntries(Object.entries(first).slice(1)))
        })
        const sql = writable.map(
          ({ name }) => `${exactly(`a.${name}`)} as a${name}, ${exactly(`b.${name}`)} as b${name}`,
        )
        const pairs = await bench.byHand(
          `select ${sql.join(', ')} from ${table} a join ${table} b on b.id = a.id + ${written} order by a.id`,
        )
        expect(pairs).toHaveLength(rows)
        for (const { name, sql: type } of writable)
          expect([type, ...pairs.map((pair) => pair[`b${name}`])]).toEqual([
            type,
            ...pairs.map((pair) => pair[`a${name}`]),
          ])
      })

      test('is found through the DAO by its own value', async () => {
        const found = own.filter((one) => {
          const declared = declaredOf(one)
          return declared.kind === 'column' && !['json', 'bytes'].includes(declared.type.kind)
        })
        await withDao(table, async (dao) => {
          for (const { name, sql, values } of found) {
            for (const [, value] of values) {
              expect([sql, value, (await dao.count({ [name]: value })) >= 1]).toEqual([sql, value, true])
              await dao.list({ where: { [name]: { in: [value] } }, sort: [name] })
            }
          }
        })
      })

      test('is told apart from what the type does not have, by the condition that counts such rows', async () => {
        const insert = engine.name === 'mysql' ? 'insert ignore' : 'insert'
        for (const [at, one] of own.entries()) {
          const declared = declaredOf(one)
          const condition = (declared.kind === 'column' ? declared.offending : null) ?? '1 = 0'
          const count = async (): Promise<number> =>
            Number((await bench.byHand(`select count(*) as n from ${table} where ${condition}`))[0]?.['n'])
          const values = one.offending ?? []
          expect([one.sql, await count()]).toEqual([one.sql, 0])
          for (const [nth, value] of values.entries())
            await bench.byHand(
              `${insert} into ${table} (id, ${one.name}) values (${offended + 10 * at + nth}, ${value})`,
            )
          expect([one.sql, await count()]).toEqual([one.sql, values.length])
        }
      })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
