import type { OperationNode, RootOperationNode } from 'kysely'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createStatementCompiler } from '../../src/database/compile/create-statement-compiler.ts'
import {
  everyone,
  Slot,
  unscoped,
  type Binding,
  type CompiledStatement,
  type CompileOptions,
  type Scope,
} from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import type { ModelFact, ModelGraph, ReferenceFact } from '../../src/model/index.ts'
import { targets, type Target } from './compiling.ts'
import { clubGraph } from './club-models.ts'
import { models } from './membership/community-models.ts'
import { shopGraph } from './shop-models.ts'
import { treeBuilder, type AnyEb } from './shop.ts'

interface World {
  readonly title: string
  readonly graph: ModelGraph
  readonly scopes: Readonly<Record<string, Scope>>
}

const worlds: readonly World[] = [
  {
    title: 'a shop',
    graph: shopGraph,
    scopes: {
      'both actors': { kind: 'actor', actor: { Device: 'ann', User: 'ann' }, roles: [] },
      'an editor with a device': { kind: 'actor', actor: { Device: 'ann' }, roles: ['editor'] },
      everyone: everyone,
      'no scope': unscoped('a test'),
    },
  },
  {
    title: 'communities',
    graph: models.Community.graph,
    scopes: {
      'a user': { kind: 'actor', actor: { User: 'ann' }, roles: [] },
      everyone: everyone,
      'no scope': unscoped('a test'),
    },
  },
  {
    title: 'clubs',
    graph: clubGraph,
    scopes: {
      'a person': { kind: 'actor', actor: { Person: 'ann' }, roles: [] },
      'a guest': { kind: 'actor', actor: { Guest: 'ben' }, roles: [] },
      'no scope': unscoped('a test'),
    },
  },
]

interface Statement {
  readonly what: string
  readonly build: () => OperationNode
  readonly options?: Partial<CompileOptions>
}

/** The ways to reach the rows of a model: reading them and their trash, changing them, deleting and making them. */
function statementsOn(graph: ModelGraph, model: ModelFact): readonly Statement[] {
  const key = model.primaryKey.columns[0] ?? ''
  const one = (eb: AnyEb) => eb(key, '=', new Slot(0))
  const names = model.columns.map(({ name }) => name)
  const { table } = model
  const select = () => treeBuilder.selectFrom(table).select(key).toOperationNode()
  const write = { byRule: true }
  return [
    { what: 'read', build: select },
    { what: 'read with deleted', build: select, options: { deleted: 'with' } },
    { what: 'read deleted alone', build: select, options: { deleted: 'only' } },
    {
      what: 'read beside itself',
      build: () =>
        treeBuilder
          .selectFrom(table)
          .leftJoin(`${table} as o`, `o.${key}`, `${table}.${key}`)
          .select(`o.${key}`)
          .toOperationNode(),
      options: { deleted: 'with' },
    },
    ...(['without', 'with'] as const).map((deleted) => ({
      what: `delete, ${deleted} deleted`,
      build: () => treeBuilder.deleteFrom(table).where(one).toOperationNode(),
      options: { ...write, deleted },
    })),
    {
      what: 'make',
      build: () =>
        treeBuilder
          .insertInto(table)
          .values(Object.fromEntries(names.map((name, at) => [name, new Slot(at)])))
          .toOperationNode(),
      options: write,
    },
    ...model.references.flatMap((fact) => referringOn(graph, model, fact)),
  ]
}

/** The ways to let a row refer to another: to a key that is given, to none, and to one that is selected. */
function referringOn(
  graph: ModelGraph,
  { table }: ModelFact,
  { columns, target, targetColumns }: ReferenceFact,
): readonly Statement[] {
  const [column = '', key = ''] = [columns.at(-1), targetColumns.at(-1)]
  const from = graph.models[target]?.table ?? ''
  const set = (value: (eb: AnyEb) => unknown) => () =>
    treeBuilder
      .updateTable(table)
      .set((eb) => ({ [column]: value(eb) }))
      .where(column, 'is not', null)
      .toOperationNode()
  const selected = set((eb) => eb.selectFrom(from).select(key).limit(1))
  const all = () => Object.fromEntries(columns.map((name, at) => [name, new Slot(at)]))
  return [
    ...(columns.length === 1
      ? []
      : [
          {
            what: `refer by ${columns.join(' and ')}`,
            build: () => treeBuilder.updateTable(table).set(all()).where(column, '=', 'x').toOperationNode(),
            options: { byRule: true },
          },
        ]),
    { what: `refer by ${column}`, build: set(() => new Slot(0)), options: { byRule: true } },
    { what: `refer by ${column} by hand`, build: set(() => 'a key') },
    { what: `refer by ${column} by hand, deleted or not`, build: set(() => 'a key'), options: { deleted: 'with' } },
    { what: `refer by ${column} to none`, build: set(() => null) },
    { what: `refer by ${column} to none, by rule`, build: set(() => null), options: { byRule: true } },
    { what: `refer by ${column} to a row that is selected`, build: selected },
    { what: `refer by ${column} to one, deleted or not`, build: selected, options: { deleted: 'with' as const } },
    { what: `refer by ${column} to one, by rule`, build: selected, options: { byRule: true } },
  ]
}

/** One statement with what stands for its values; or the refusal. */
function linesOf(world: World, target: Target, scope: Scope, { build, options = {} }: Statement): readonly string[] {
  const compiler = createStatementCompiler({ graph: world.graph, ...target })
  const stamps = { now: new Date(Date.UTC(2026, 0, 1)), newId: () => 'new' }
  const whole: CompileOptions = { scope, deleted: 'without', byRule: false, stamps, ...options }
  try {
    const statement = compiler.compile(build() as RootOperationNode, whole)
    const checks = statement.referenceChecks.flatMap((check) => [
      `  asks for ${check.target} to ${check.access}: ${check.keys.map((key) => key.map(bindingText).join(', ')).join('; ')}`,
      `    ${textOf(compiler.compileReferenceCheck(check, 1, whole))}`,
      `    ${textOf(compiler.compileReferenceCheck(check, 2, whole))}`,
    ])
    return [textOf(statement), ...checks]
  } catch (error) {
    if (error instanceof TerraceError) return [`${error.code}: ${error.message}`]
    throw error
  }
}

function textOf({ sql, bindings, writes, tables }: CompiledStatement): string {
  const values = bindings.length === 0 ? '' : ` [${bindings.map(bindingText).join(', ')}]`
  return `${sql}${values} ${writes ? 'writes' : 'reads'} ${tables.join(', ')}`
}

function bindingText(binding: Binding): string {
  if (binding.kind === 'value') return JSON.stringify(binding.value) ?? String(binding.value)
  return binding.kind === 'owner' ? `the ${binding.model}` : `slot ${binding.slot}`
}

/** What becomes of each statement; those that become the same stand on one line. */
function sectionOf(world: World, model: ModelFact): string {
  const made = Object.entries(world.scopes).flatMap(([name, scope]) =>
    statementsOn(world.graph, model).map((statement) => {
      const { sqlite, postgres } = targets
      // Rows are locked by the words of one engine; all else is the same.
      const locked = linesOf(world, postgres, scope, statement).filter((line) => line.includes('for share'))
      const lines = [...linesOf(world, sqlite, scope, statement), ...locked.map((line) => `  locked: ${line.trim()}`)]
      return { name: `${name}, ${statement.what}`, text: lines.join('\n') }
    }),
  )
  const byText = Map.groupBy(made, ({ text }) => text)
  return [
    `# ${world.title}: ${model.name}`,
    ...[...byText].map(([text, twins]) => `${twins.map(({ name }) => name).join(' | ')}:\n  ${text}`),
  ].join('\n')
}

const golden = new URL('../golden/scope/limits.txt', import.meta.url)
const all = worlds.flatMap((world) => Object.values(world.graph.models).map((model) => ({ world, model })))
if (process.env['TERRACE_WRITE_GOLDEN'] === '1')
  writeFileSync(golden, `${all.map(({ world, model }) => sectionOf(world, model)).join('\n\n')}\n`)
const sections = new Map(
  readFileSync(golden, 'utf8')
    .trimEnd()
    .split('\n\n')
    .map((section) => [section.split('\n')[0] ?? '', section]),
)

/** Where a limit is meant to change, `TERRACE_WRITE_GOLDEN=1 npx vitest run <this file>` writes the golden file anew. */
describe('X1: the rows of each model, for each sort of session', () => {
  test.each(all.map(({ world, model }) => ({ title: `${world.title}: ${model.name}`, world, model })))(
    'are limited as the golden file says: $title',
    ({ title, world, model }) => {
      expect(sectionOf(world, model)).toBe(sections.get(`# ${title}`))
    },
  )

  test('are those of the golden file, and no others', () => {
    expect([...sections.keys()]).toEqual(all.map(({ world, model }) => `# ${world.title}: ${model.name}`))
  })
})
