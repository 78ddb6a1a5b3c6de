import { expect, test } from 'vitest'
import { ledgerKey, type Ledger, type LedgerEntry } from './ledger.ts'
import { ledgerAfter, reversed, unprinted, type LedgerEffects } from './ledger-effects.ts'

function entry(kind: LedgerEntry['kind'], path: string, renames: readonly string[] = []): LedgerEntry {
  const hashes = { declaredHash: 'declared', canonicalHash: 'printed', server: 'a 1' }
  return { kind, path, model: null, fact: null, ...hashes, renames: JSON.stringify(renames), seededAt: null }
}

function ledger(...entries: readonly LedgerEntry[]): Ledger {
  return new Map(entries.map((each) => [ledgerKey(each), each]))
}

const nothing: LedgerEffects = { renames: [], drops: [], makes: [] }
const server = 'a 1'

function shown(of: Ledger): Readonly<Record<string, string>> {
  return Object.fromEntries([...of].map(([key, { renames }]) => [key, renames]))
}

test('a renamed table takes its objects along, and remembers its former name', () => {
  const renames = [{ object: 'table', table: 'products', from: 'items', to: 'products' }] as const
  const before = ledger(
    entry('table', 'items'),
    entry('column', 'items.name'),
    entry('check', 'items.ck'),
    entry('table', 'x'),
  )
  expect(shown(ledgerAfter(before, { ...nothing, renames }, { server }))).toEqual({
    'table products': '["items"]',
    'column products.name': '[]',
    'check products.ck': '[]',
    'table x': '[]',
  })
})

test('of two columns that changed their names each remembers the former one', () => {
  const renames = [
    { object: 'column', table: 't', from: 'a', to: 'b' },
    { object: 'column', table: 't', from: 'b', to: 'a' },
  ] as const
  const before = ledger(entry('column', 't.a', ['z']), entry('column', 't.b'))
  const after = ledgerAfter(before, { ...nothing, renames }, { server })
  expect(shown(after)).toEqual({ 'column t.b': '["z","a"]', 'column t.a': '["b"]' })
  const back = ledgerAfter(after, reversed({ ...nothing, renames }), { server, note: 'forget' })
  expect(shown(back)).toEqual(shown(before))
})

test('what is dropped goes, what is made comes and has no hashes yet, and what is dropped and made again is new', () => {
  const before = ledger(entry('column', 't.a'), entry('index', 't.i'))
  const drops = [{ kind: 'index', path: 't.i' }] as const
  const makes = [
    { kind: 'index', path: 't.i' },
    { kind: 'column', path: 't.b' },
  ] as const
  const after = ledgerAfter(before, { renames: [], drops, makes }, { server })
  expect([...after.values()].map(({ path, canonicalHash }) => `${path} ${canonicalHash}`)).toEqual([
    't.a printed',
    't.i ',
    't.b ',
  ])
})

test('while a table is worked on nothing is known of how it prints, but of what a person has changed', () => {
  const before = ledger(entry('table', 't'), entry('column', 't.a'), entry('column', 't.b'), entry('column', 'tt.a'))
  const after = unprinted(before, ['t'], [{ kind: 'column', path: 't.b' }])
  expect([...after.values()].map(({ path, canonicalHash }) => `${path} ${canonicalHash}`)).toEqual([
    't ',
    't.a ',
    't.b printed',
    'tt.a printed',
  ])
})
