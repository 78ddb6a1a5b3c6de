import { expect, test } from 'vitest'
import type { Drafts } from './draft-references.ts'
import { importable } from './import-order.ts'

/** Tables with those that they refer to; nothing else of a draft is asked. */
function drafted(tables: Readonly<Record<string, readonly string[]>>): Drafts {
  const entries = Object.entries(tables).map(([table, targets]) => [
    table,
    { columns: targets.map((target) => ({ reference: { table: target } })), references: [] },
  ])
  return new Map(entries as never)
}

test('a model is imported by those that refer to it, but not around a circle or by itself', () => {
  const tables = {
    a: ['b'],
    b: ['c', 'out'],
    c: ['a'],
    d: ['a'],
    self: ['self', 'd'],
    out: [],
    pair: ['twin'],
    twin: ['pair', 'd'],
  }
  const isImported = importable(drafted(tables))
  const imported = Object.entries(tables).flatMap(([from, targets]) =>
    targets.filter((to) => isImported(from, to)).map((to) => `${from} → ${to}`),
  )
  expect(imported).toEqual(['b → out', 'd → a', 'self → d', 'twin → d'])
})

test('a table without a model is not imported', () => {
  expect(importable(drafted({ a: ['gone'] }))('a', 'gone')).toBe(false)
})

test('a chain may be as long as there are tables', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, at) => [`t${at}`, at === 0 ? [] : [`t${at - 1}`]]),
  )
  const isImported = importable(drafted(chain))
  expect(isImported('t49999', 't49998')).toBe(true)
  const circle = importable(drafted({ ...chain, t0: ['t49999'] }))
  expect(circle('t49999', 't49998')).toBe(false)
})
