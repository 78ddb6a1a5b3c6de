import { describe, expect, it } from 'vitest'
import { TerraceError } from '../../src/errors/index.ts'
import { actor, graph, integer, model, uuid } from '../../src/model/index.ts'
import type { Column, Columns, Model, ModelOptionsSpec, Models } from '../../src/model/index.ts'

/** The key of most models in these tests. */
export const id = uuid().primaryKey()
export const User = model('users', { id }, { access: actor() })

/** A model that the types would not let pass. */
export function loose(table: string, columns: Columns, options: ModelOptionsSpec = {}): Model {
  return model(table, columns, options as object)
}

/** A graph of one model with one column beside its key. */
export function column(value: unknown, property = 'it'): Models {
  return { Thing: loose('things', { id, [property]: value as Column }) }
}

export function thing(columns: Columns, options: ModelOptionsSpec = {}): Models {
  return { Thing: loose('things', { id, ...columns }, options) }
}

/** A column as code without types could declare it. */
export function untyped(value: Column): Record<string, (...values: unknown[]) => Column> {
  return value as unknown as Record<string, (...values: unknown[]) => Column>
}

/** What `graph()` refuses, one line for each problem: `where: problem → remedy`. */
export function problemsOf(models: Models): readonly string[] {
  try {
    graph(models)
    return []
  } catch (error) {
    if (!(error instanceof TerraceError) || error.code !== 'MODEL_DECLARATION') throw error
    const [first = '', ...lines] = error.message.split('\n  ')
    return lines.length === 0 ? [`${first} → ${error.remedy}`] : lines
  }
}

/** A model whose key has two columns. */
export const two = loose('pairs', { a: integer().primaryKey(), b: integer().primaryKey() })

/** What is declared, and each line that must come of it. */
export type Refusal = [title: string, models: Models, ...problems: string[]]

/** States as tests that each of these is refused with exactly these lines. */
export function refuses(aspect: string, refusals: Refusal[]): void {
  describe(`graph() refuses, of ${aspect}`, () => {
    it.each(refusals)('%s', (_, models, ...problems) => {
      expect(problemsOf(models)).toEqual(problems)
    })
  })
}
