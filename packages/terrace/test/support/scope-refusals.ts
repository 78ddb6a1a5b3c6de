import type { OperationNode } from 'kysely'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TerraceError } from '../../src/errors/index.ts'
import { refusalOf, type Compiling } from '../scope/compiling.ts'
import { treeBuilder, type AnyDb } from '../scope/shop.ts'

export type Build = (db: AnyDb) => { toOperationNode(): OperationNode }

/** A statement and the code that it is refused with. */
export type Refusal = readonly [title: string, build: Build, code: string, options?: Compiling]

/**
 * Declares a test for each: refused with this code, with what to write instead, and in the words of the golden file. Where words are
 * meant to change, `TERRACE_WRITE_GOLDEN=1 npx vitest run <the test file>` writes it anew.
 */
export function refuses(title: string, refusals: readonly Refusal[]): void {
  const golden = new URL(`../golden/scope/refusals/${title.replaceAll(/[^\w]+/g, '-')}.txt`, import.meta.url)
  if (process.env['TERRACE_WRITE_GOLDEN'] === '1') writeFileSync(golden, `${refusals.map(wordsOf).join('\n')}\n`)
  const words: ReadonlySet<string> = new Set(readFileSync(golden, 'utf8').split('\n'))
  describe(title, () => {
    for (const refusal of refusals) {
      const [what, build, code, options = {}] = refusal
      test(what, () => {
        const error = refusalOf(build, options)
        expect(error).toMatchObject({ code })
        expectWords(error, build(treeBuilder).toOperationNode())
        expect([...words]).toContain(wordsOf(refusal))
      })
    }
  })
}

function wordsOf([what, build, , options = {}]: Refusal): string {
  const { code, message, remedy } = refusalOf(build, options)
  return `${what}: ${code}: ${message} → ${remedy}`.replaceAll('\n', ' ')
}

/** Each refusal says what is refused, in which statement, and how to write it: in words that leave nothing open. */
function expectWords({ kind, message, remedy }: TerraceError, statement: OperationNode): void {
  const gap = /\{\w+\}|undefined(?! values| is)|\[object|\bNaN\b/
  expect(remedy).toMatch(/^(?:[A-Z]\w+ |\w+ )/)
  expect(remedy.length).toBeGreaterThan(10)
  for (const text of [message, remedy]) expect(text.replace(/given undefined|for undefined/, '')).not.toMatch(gap)
  if (kind !== 'misuse') return
  const words = {
    SelectQueryNode: 'select from',
    InsertQueryNode: 'insert into',
    UpdateQueryNode: 'update of',
  } as const
  const expected = Object.hasOwn(words, statement.kind) ? words[statement.kind as keyof typeof words] : ''
  expect(message).toMatch(new RegExp(`\\(${expected}[^()]*\\)$`))
}

/** A statement of the builder with one part, at the end of `path`, changed to what the builder would not write. */
export function forged(build: Build, path: readonly (string | number)[], changes: object): Build {
  return (db) => {
    const node = structuredClone(build(db).toOperationNode())
    const part = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], node)
    Object.assign(part as object, changes)
    return { toOperationNode: () => node }
  }
}
