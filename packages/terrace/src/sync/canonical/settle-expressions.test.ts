import { expect, test } from 'vitest'
import type { ColumnShape, TableShape } from '../../schema/index.ts'
import { expressionsOf, mapExpressions } from './expression-texts.ts'
import { settleExpressions } from './settle-expressions.ts'

const column: ColumnShape = {
  name: 'kcal',
  type: 'integer',
  nullable: false,
  default: null,
  generated: null,
  identity: null,
  collation: null,
  comment: null,
  isOpaque: false,
  source: null,
}

function table(check: string, name = 'ck_products_kcal'): TableShape {
  return {
    name: 'products',
    comment: null,
    options: {},
    columns: [column],
    primaryKey: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [{ name, expression: check, enforced: true, source: null }],
    source: null,
  }
}

/** An engine that prints each text as `prints` says, and others as they are; with what it was asked. */
function engine(prints: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const print = (tables: readonly TableShape[]): Promise<Record<string, TableShape>> => {
    asked.push(...tables.flatMap((each) => expressionsOf(each).map(({ text }) => text)))
    const printed = tables.map((each) => mapExpressions(each, (_, text) => prints[text] ?? text))
    return Promise.resolve(Object.fromEntries(printed.map((each) => [each.name, each])))
  }
  return { asked, print }
}

async function settled(wanted: TableShape, live: TableShape, prints: Readonly<Record<string, string>>) {
  const { asked, print } = engine(prints)
  const [result] = await settleExpressions([{ wanted, live }], print)
  return { asked, text: result?.checks[0]?.expression }
}

test('asks nothing where no text differs', async () => {
  expect(await settled(table('kcal > 0'), table('kcal > 0'), {})).toEqual({ asked: [], text: 'kcal > 0' })
})

test('takes the live text where what the engine makes of both meets', async () => {
  const { text } = await settled(table('(kcal > 0)'), table('((kcal)::int > 0)'), { '((kcal)::int > 0)': '(kcal > 0)' })
  expect(text).toBe('((kcal)::int > 0)')
})

test('takes it where both first meet in the third round', async () => {
  const prints = { a1: 'a2', a2: 'a3', b1: 'b2', b2: 'b3', b3: 'a3' }
  expect((await settled(table('a1'), table('b1'), prints)).text).toBe('b1')
})

test('leaves texts that do not meet, and asks no further once nothing new comes', async () => {
  const { asked, text } = await settled(table('kcal > 0'), table('kcal >= 0'), {})
  expect([text, asked.toSorted()]).toEqual(['kcal > 0', ['kcal > 0', 'kcal >= 0']])
})

test('leaves texts that go on in circles of their own', async () => {
  const prints = { a1: 'a2', a2: 'a1', b1: 'b2', b2: 'b1' }
  expect((await settled(table('a1'), table('b1'), prints)).text).toBe('a1')
})

test('finds an expression under another name, for a name is no difference of meaning', async () => {
  const { text } = await settled(table('kcal > 0'), table('(kcal) > 0', 'products_kcal_check'), {
    '(kcal) > 0': 'kcal > 0',
  })
  expect(text).toBe('(kcal) > 0')
})
