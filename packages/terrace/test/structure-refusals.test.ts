import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import type { Driver } from '../src/database/index.ts'
import { TerraceError } from '../src/errors/index.ts'
import { graph, graphOf, model, uuid, type Model, type ModelGraph, type ModelOptions } from '../src/model/index.ts'
import type { SyncOptions } from '../src/sync/index.ts'
import {
  testedStructure,
  type SchemaUnderContract,
  type TestedStructure,
} from '../src/testing/contract/schema-dialect/subject.ts'
import type { EngineName } from '../src/testing/servers.ts'
import { blocking, byHand, offended, planned, Town, type Cases, type RefusalCase } from './refusals/cases.ts'
import { describeEngines } from './support/describe-engines.ts'

/** The engine's own name is in the golden file's. */
const engines: Partial<Record<EngineName, string>> = { sqliteFile: 'sqlite', postgres: 'postgres', mysql: 'mysql' }

/** Makes the engine estimate how many rows a table has. */
const analysis: Readonly<Record<string, (table: string) => string>> = {
  sqlite: (table) => `analyze "${table}"`,
  postgres: (table) => `analyze "${table}"`,
  mysql: (table) => `analyze table \`${table}\``,
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

type Side = 'before' | 'after'

function tableOf(name: string, { tableAfter }: RefusalCase, side: Side): string {
  return side === 'after' ? (tableAfter ?? snakeCase(name)) : snakeCase(name)
}

function graphOfCases(cases: Cases, side: Side): ModelGraph {
  const models = Object.entries(cases).flatMap(([name, one]): readonly (readonly [string, Model])[] => {
    const declared = one[side]
    if (declared === null) return []
    const [columns, options = {}] = declared
    const key = columns['id'] === undefined ? { id: uuid().primaryKey() } : {}
    return [[name, model(tableOf(name, one, side), { ...key, ...columns }, options as ModelOptions<never> as never)]]
  })
  return graphOf(graph({ ...Object.fromEntries(models), Town }))
}

function keyOf(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

/** From the one state to the edge of the other. */
async function prepared(subject: SchemaUnderContract, cases: Cases): Promise<TestedStructure> {
  const structure = await testedStructure(subject)
  const { dialect, rows } = structure
  const q = dialect.quoteName.bind(dialect)
  const run = async (which: 'byHand' | 'byHandFirst'): Promise<void> => {
    for (const [name, one] of Object.entries(cases))
      for (const sql of one[which]?.(snakeCase(name), q) ?? []) await rows(sql)
  }
  await run('byHandFirst')
  const before = graphOfCases(cases, 'before')
  await structure.sync(before)
  for (const [name, one] of Object.entries(cases)) {
    const hasOwnKey = one.before?.[0]['id'] !== undefined
    for (const [at, row] of (one.rows ?? []).entries())
      await structure.insert(before, name, hasOwnKey ? row : { id: keyOf(at + 1), ...row })
  }
  await run('byHand')
  return structure
}

/** `- primary key of shops [Shop.id]: …`, `- foreign key shops.fk_…: …` */
function tableIn(line: string): string {
  return /^- (?:primary key of|foreign key|[a-z]+) ([a-z_]+)/.exec(line)?.[1] ?? ''
}

/** The lines of a refusal, under the case that each is about. */
function sections(cases: Cases, { values }: TerraceError): string {
  const lines = String(values['list'])
    .split('\n')
    .filter((line) => line.startsWith('- '))
  const left = new Set(lines)
  const parts = Object.entries(cases).map(([name, one]): readonly [string, string] => {
    const tables = new Set([tableOf(name, one, 'before'), tableOf(name, one, 'after')])
    const own = lines.filter((line) => tables.has(tableIn(line)))
    for (const line of own) left.delete(line)
    return [name, own.join('\n')]
  })
  expect([...left]).toEqual([])
  const refused = parts.filter(([, text]) => text !== '').map(([name, text]) => `## ${name}\n\n${text}\n`)
  const others = parts.filter(([, text]) => text === '').map(([name]) => name)
  return [...refused, ...(others.length === 0 ? [] : [`Not refused: ${others.join(', ')}\n`])].join('\n')
}

async function refusalOf(start: Promise<unknown>): Promise<TerraceError> {
  const error = await start.then(
    () => null,
    (refusal: unknown) => refusal,
  )
  if (!(error instanceof TerraceError)) throw error ?? new Error('the start was not refused')
  return error
}

describeEngines(
  'what a start refuses',
  ({ name: engineName, fresh }) => {
    const open: Driver[] = []
    afterAll(async () => {
      for (const driver of open) await driver.close()
    })
    const engine = engines[engineName] ?? ''
    async function subject(): Promise<SchemaUnderContract> {
      const { dialectsByScheme } = await import('../src/connect/dialects.ts')
      const { url } = await fresh()
      const { runtime, schema } = (await dialectsByScheme[url.slice(0, url.indexOf(':'))]?.()) ?? {}
      if (runtime === undefined || schema === undefined) throw new Error(`no dialect for ${url}`)
      const driver = await runtime.open({ url, pool: {} })
      open.push(driver)
      const opened = { driver, url }
      return {
        engine: engineName,
        runtime,
        createSchemaDialect: schema,
        fresh: async () => opened,
        isShared: false,
        runs: 0,
      }
    }

    const groups: readonly (readonly [title: string, cases: Cases, options: Partial<SyncOptions>])[] = [
      ['planned', planned, {}],
      ['offended', offended, { maintenance: true }],
      ['blocking', blocking, { blockingLimitRows: 0 }],
      ['by-hand', byHand, { policy: 'check' }],
    ]
    test.each(groups)('in exact words, before anything is changed: %s', async (title, cases, options) => {
      const structure = await prepared(await subject(), cases)
      for (const name of title === 'blocking' ? Object.keys(cases) : [])
        await structure.rows(analysis[engine]?.(snakeCase(name)) ?? '')
      const error = await refusalOf(structure.sync(graphOfCases(cases, 'after'), options))
      expect(error.code).toBe('STRUCTURE_DRIFT')
      const text = sections(cases, error)
      await expect(text).toMatchFileSnapshot(`./golden/refusals/${engine}-${title}.txt`)
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

test.each(Object.values(engines))('of %s at least sixty refusals have their words kept', async (engine) => {
  const kept = await Promise.all(
    ['planned', 'offended', 'blocking', 'by-hand'].map((title) =>
      readFile(new URL(`./golden/refusals/${engine}-${title}.txt`, import.meta.url), 'utf8'),
    ),
  )
  expect(kept.join('\n').match(/^- .*Not done: /gm)?.length).toBeGreaterThanOrEqual(60)
})
