import { describe, expect, test } from 'vitest'
import type { Step } from '../../schema/index.ts'
import { effectsOf, ledgerAfter, reversed } from './ledger-effects.ts'
import { ledgerKey, type Ledger } from './ledger.ts'

const server = { server: 'SQLite 3' }

function step(kind: 'addIndex' | 'alterIndex', facts: Partial<Step>): Step {
  const change = { kind, object: 'index products.ix_name', live: '', wanted: '', source: null }
  return { changes: [change], makes: [], drops: [], ...facts } as unknown as Step
}

const index = { kind: 'index', path: 'products.ix_name' } as const
const other = { kind: 'index', path: 'products.ix_other' } as const

function keysAfter(
  ledger: Ledger,
  one: Step,
): { readonly done: readonly string[]; readonly undone: readonly string[] } {
  const effects = effectsOf(one, { renames: [] })
  const done = ledgerAfter(ledger, effects, server)
  return { done: [...done.keys()], undone: [...ledgerAfter(done, reversed(effects), server).keys()] }
}

describe('the ledger, by a step and its way back,', () => {
  const owned = ledgerAfter(new Map(), { renames: [], drops: [], makes: [index] }, server)

  test('gets what is made, and loses it', () => {
    expect(keysAfter(new Map(), step('addIndex', { makes: [index] }))).toEqual({ done: [ledgerKey(index)], undone: [] })
  })

  test('keeps what is altered', () => {
    const kept = [ledgerKey(index)]
    expect(keysAfter(owned, step('alterIndex', { makes: [index] }))).toEqual({ done: kept, undone: kept })
  })

  test('follows what gets another name', () => {
    const renamed = step('alterIndex', { makes: [other], drops: [index] })
    expect(keysAfter(owned, renamed)).toEqual({ done: [ledgerKey(other)], undone: [ledgerKey(index)] })
  })
})
