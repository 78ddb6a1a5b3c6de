import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { grammarPage, grammarRules } from './grammar-rules.ts'

const page = new URL('GRAMMAR.md', import.meta.url)

test('X1: the published grammar is the one that queries are made by', async () => {
  if (process.env['TERRACE_WRITE_GRAMMAR'] !== undefined) await writeFile(page, grammarPage())
  expect(await readFile(page, 'utf8')).toBe(grammarPage())
})

test('each way of the grammar can be chosen', () => {
  const ways = Object.values(grammarRules).flatMap((rule) => Object.values(rule))
  expect(ways.filter(({ weight }) => weight <= 0)).toEqual([])
})
