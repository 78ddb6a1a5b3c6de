import type { OperationNode } from 'kysely'
import { describe, expect, test } from 'vitest'
import { refusalOf, type Compiling } from '../scope/compiling.ts'
import type { AnyDb } from '../scope/shop.ts'

export type Build = (db: AnyDb) => { toOperationNode(): OperationNode }

/** A statement and the code that it is refused with. */
export type Refusal = readonly [title: string, build: Build, code: string, options?: Compiling]

/** Declares a test for each: refused with this code, and with what to write instead. */
export function refuses(title: string, refusals: readonly Refusal[]): void {
  describe(title, () => {
    for (const [what, build, code, options = {}] of refusals) {
      test(what, () => {
        const refusal = refusalOf(build, options)
        expect(refusal).toMatchObject({ code })
        expect(refusal.remedy.length).toBeGreaterThan(10)
      })
    }
  })
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
