import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Binding, CompiledStatement } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import { compiled, targets, type Compiling } from './compiling.ts'
import { queryShapes } from './query-shapes.ts'
import { ruleShapes } from './shapes/rule-shapes.ts'
import { writeShapes } from './shapes/write-shapes.ts'
import type { QueryShape } from './shapes/query-shape.ts'
import { treeBuilder, type AnyDb } from './shop.ts'

type Build = Parameters<typeof compiled>[0]

interface Shape {
  readonly title: string
  readonly build: Build
  readonly options?: Compiling
}

const built = (query: (db: AnyDb) => unknown): Build => query as Build

/** All but what only runs. */
const isBuilt = ({ query }: QueryShape): boolean => 'toOperationNode' in query(treeBuilder)

const shapes: readonly Shape[] = [
  ...queryShapes.filter(isBuilt).map(({ title, query }) => ({ title, build: built(query) })),
  ...writeShapes.map(({ title, statement }) => ({ title, build: built(statement) })),
  ...ruleShapes,
]

/** The text, what stands for its parameters, and how some values that drivers give come out of it. */
function statementText(statement: CompiledStatement): readonly string[] {
  const { sql, bindings, decodings, operation, writes, returnsRows, integersFit, tables, referenceChecks } = statement
  const facts = [
    operation,
    writes && 'writes',
    returnsRows && 'gives rows',
    integersFit && 'whole numbers fit',
    ...tables,
  ]
  return [
    sql,
    ...(bindings.length === 0 ? [] : [`  with ${bindings.map(bindingText).join(', ')}`]),
    ...decodings.map(
      ({ output, decode }) => `  gives ${output}: ${samples.map((value) => decoded(decode, value)).join(', ')}`,
    ),
    ...referenceChecks.map((check) => {
      const keys = check.keys.map((key) => `(${key.map(bindingText).join(', ')})`).join(' ')
      return `  refers to ${check.target} for ${check.access} by ${check.columns.join(', ')}: ${keys}`
    }),
    `  is ${facts.filter(Boolean).join(', ')}`,
  ]
}

function bindingText(binding: Binding): string {
  if (binding.kind === 'value') return valueText(binding.value)
  const encoding = binding.encode === null ? '' : ' encoded'
  return binding.kind === 'owner' ? `the ${binding.model}${encoding}` : `slot ${binding.slot}${encoding}`
}

const samples: readonly unknown[] = [1, 0, 7n, '7', 2n ** 60n]

function decoded(decode: (value: never) => unknown, value: unknown): string {
  try {
    return valueText(decode(value as never))
  } catch (error) {
    return error instanceof TerraceError ? error.code : 'not taken'
  }
}

function valueText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  return value instanceof Uint8Array ? `bytes ${value.join(' ')}` : JSON.stringify(value)
}

function textOf({ build, options = {} }: Shape, target: Compiling['target']): readonly string[] {
  try {
    return statementText(compiled(build, { ...options, ...(target !== undefined && { target }) }))
  } catch (error) {
    if (error instanceof TerraceError) return [`${error.code}: ${error.message}`]
    throw error
  }
}

/** Engines quote names and number parameters in their own ways. */
const plain = (lines: readonly string[]): string => lines.join('\n').replaceAll('`', '"').replaceAll(/\$\d+/g, '?')

function sectionOf(shape: Shape): string {
  const first = textOf(shape, targets.sqlite)
  const others = (['postgres', 'mysql'] as const)
    .map((name) => ({ name, lines: textOf(shape, targets[name]) }))
    .filter(({ lines }) => plain(lines) !== plain(first))
  return [
    `# ${shape.title}`,
    ...first,
    ...others.flatMap(({ name, lines }) => [
      `on ${name}: ${lines[0]}`,
      ...lines.slice(1).filter((line) => !line.startsWith('  gives ')),
    ]),
  ].join('\n')
}

const golden = new URL('../golden/scope/statements.txt', import.meta.url)
if (process.env['TERRACE_WRITE_GOLDEN'] === '1') writeFileSync(golden, `${shapes.map(sectionOf).join('\n\n')}\n`)
const sections = readFileSync(golden, 'utf8').trimEnd().split('\n\n')

/** Where a statement is meant to change, `TERRACE_WRITE_GOLDEN=1 npx vitest run <this file>` writes the golden file anew. */
describe('X1: each way to write a statement', () => {
  test('is in the golden file, and nothing else', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual(shapes.map(({ title }) => `# ${title}`))
  })

  test.each(shapes.map((shape, at) => ({ ...shape, at })))(
    'becomes the statement there: $title',
    ({ at, ...shape }) => {
      expect(sectionOf(shape)).toBe(sections[at])
    },
  )
})
