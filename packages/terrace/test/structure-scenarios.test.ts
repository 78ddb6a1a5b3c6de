import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { dialectsByScheme } from '../src/connect/dialects.ts'
import type { Driver } from '../src/database/index.ts'
import { graph, graphOf } from '../src/model/index.ts'
import { snapshotOf, structureHash, type LiveStructure, type Step } from '../src/schema/index.ts'
import { structureOf } from '../src/sync/index.ts'
import { testedStructure, type SchemaUnderContract } from '../src/testing/contract/schema-dialect/subject.ts'
import type { EngineName } from '../src/testing/servers.ts'
import { scenarios, type Scenario } from './scenarios/scenarios.ts'
import { describeEngines } from './support/describe-engines.ts'

const engines: Partial<Record<EngineName, string>> = { sqliteFile: 'sqlite', postgres: 'postgres', mysql: 'mysql' }
const source = await readFile(new URL('scenarios/scenarios.ts', import.meta.url), 'utf8')

/** The scenario as it is written. */
function textOf(name: string): string {
  const start = source.indexOf(`  ${name}: {\n`)
  const lines = source.slice(start, source.indexOf('\n  },\n', start)).split('\n').slice(2)
  return lines.map((line) => `--${line.slice(2)}`).join('\n')
}

function commented(text: string): string {
  return text
    .split('\n')
    .map((line) => `-- ${line}`)
    .join('\n')
}

function sqlOf(statements: readonly string[]): string {
  return statements.map((sql) => `${sql};`).join('\n')
}

/** What a step is about, what it risks, what it is asked first and what it keeps others from. */
function stepText({ n, changes, hazards, prechecks, lock, statements }: Step): string {
  const notes = [
    ...changes.map(({ object, live, wanted }) => `${n}. ${object}: is ${live}, wanted ${wanted}`),
    ...new Set(hazards.map((hazard) => `   ${hazard.class}: ${hazard.reason}`)),
    ...prechecks.map(({ sql }) => `   asks first: ${sql}`),
    `   blocks ${lock.blocks}${lock.work === 'none' ? '' : ` for one ${lock.work}`}`,
  ]
  return `${commented(notes.join('\n'))}\n${sqlOf(statements)}`
}

function valueText(value: unknown): string {
  return value instanceof Uint8Array
    ? Buffer.from(value).toString('hex')
    : JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
}

function rowsText(table: string, rows: readonly Readonly<Record<string, unknown>>[]): string {
  return rows
    .map(
      (row) =>
        `${table}: ${Object.keys(row)
          .toSorted()
          .map((name) => `${name} ${valueText(row[name])}`)
          .join(', ')}`,
    )
    .join('\n')
}

function hashOf({ snapshot }: LiveStructure): string {
  return structureHash(Object.values(snapshot.tables))
}

describeEngines(
  'a change of the models as SQL',
  ({ name: engineName, fresh }) => {
    const open: Driver[] = []
    afterAll(async () => {
      for (const driver of open) await driver.close()
    })
    const engine = engines[engineName] ?? ''

    async function subject(): Promise<SchemaUnderContract> {
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

    test.each(Object.entries<Scenario>(scenarios))('there and back: %s', async (name, scenario) => {
      const under = await subject()
      const tested = await testedStructure(under)
      const { driver } = await under.fresh()
      const structure = structureOf({ driver, schema: under.createSchemaDialect })
      const [before, after] = [scenario.before, scenario.after].map((models) => graphOf(graph(models())))
      if (before === undefined || after === undefined) throw new Error('a scenario has two sides')
      const first = await tested.sync(before)
      for (const [model, row] of Object.entries(scenario.rows)) await tested.insert(before, model, row)
      const rowsIn = async (tables: readonly string[]): Promise<string> => {
        const texts: string[] = []
        for (const table of tables) {
          texts.push(rowsText(table, await tested.rows(`select * from ${tested.dialect.quoteName(table)}`)))
        }
        return commented(texts.filter((text) => text !== '').join('\n'))
      }
      const start = await structure.introspect()
      const rowsBefore = await rowsIn(Object.keys(before.tables))

      const wanted = snapshotOf(after, structure.dialect)
      const { allow = [], maintenance = false } = scenario
      const plan = await structure.apply(wanted, { mode: 'startup', allow, maintenance })
      expect((await structure.plan(wanted, { mode: 'startup' })).steps).toEqual([])
      const changed = await structure.introspect()
      const rowsAfter = await rowsIn(Object.keys(after.tables))

      const isReversible = plan.steps.every(({ inverse }) => inverse !== null)
      if (isReversible) await structure.undo(plan)
      const restored = isReversible ? before : after
      expect(hashOf(await structure.introspect())).toBe(isReversible ? hashOf(start) : hashOf(changed))
      expect(await rowsIn(Object.keys(restored.tables))).toBe(isReversible ? rowsBefore : rowsAfter)
      const back = plan.steps
        .toReversed()
        .flatMap(({ n, inverse }) => (inverse === null ? [`-- ${n} has no way back`] : [sqlOf(inverse)]))
      const sections = [
        `-- ${scenario.title}\n--\n${textOf(name)}`,
        `-- Before\n\n${sqlOf(first.steps.flatMap(({ statements }) => statements))}\n\n${rowsBefore}`,
        `-- The plan\n\n${plan.steps.map(stepText).join('\n\n')}`,
        `-- After\n\n${rowsAfter}`,
        `-- Back\n\n${back.join('\n')}`,
      ]
      await expect(`${sections.join('\n\n')}\n`).toMatchFileSnapshot(`./scenarios/${engine}/${name}.sql`)
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
