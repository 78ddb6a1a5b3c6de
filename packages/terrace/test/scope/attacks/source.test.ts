import { expect, test } from 'vitest'
import { kindsIn } from '../../check/listing.ts'

const hidden: readonly (readonly [source: string, kinds: readonly string[]])[] = [
  [`const scope = { reason: 'x' }; scope.kind = 'unscoped'; db.session(scope, work)`, ['unscopedScope?']],
  [`class All { kind = 'unscoped'; reason = 'x' }; db.session(new All(), work)`, ['unscopedScope?']],
  [`const driver = await db.dialect.open({ url, pool: {} })`, ['driver']],
  [`const { dialect } = db; await dialect.open({ url, pool: {} })`, ['driver']],
  [`module.require('pg')`, ['driver']],
  [`process.getBuiltinModule('node:sqlite')`, ['driver']],
]

test.for(hidden)('X1: terrace scope lists what hides: %s', async ([source, kinds]) => {
  expect(await kindsIn(source)).toEqual(kinds)
})

const lookAlikes: readonly string[] = [
  `session.kind = 'scoped'`,
  `dialog.open({ url })`,
  `config.require('name')`,
  `function unscoped(text: string) { return text }; unscoped('x')`,
  `class Store { #unscoped() {} all() { return this.#unscoped() } }`,
  `// session.unscoped('x')\nconst text = "session.unscoped('x')"`,
]

test.for(lookAlikes)('X1: terrace scope lists nothing of %s', async (source) => {
  expect(await kindsIn(source)).toEqual([])
})
