import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { edgeCases } from './edge-cases.ts'

const root = new URL('../', import.meta.url).pathname

/** Texts in quotes that name edge cases: titles of tests, also of those that stand in a table. */
const titles = /(['"`])((?:(?!\1)[^\\\n]|\\.)*\[edge [\d, ]+\](?:(?!\1)[^\\\n]|\\.)*)\1/g

function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(titles)].map(([, , title = '']) => title)
}

const files = globSync(['{src,test}/**/*.test.ts', 'src/testing/**/*.ts', 'test/**/*.ts'], { cwd: root })
const shown = new Set(
  [...new Set(files)]
    .filter((file) => !file.includes('edge-cases'))
    .flatMap((file) => titlesIn(readFileSync(`${root}${file}`, 'utf8')))
    .flatMap((title) => [...title.matchAll(/\[edge ([\d, ]+)\]/g)])
    .flatMap(([, numbers = '']) => numbers.split(',').map(Number)),
)

describe('the register of edge cases', () => {
  test('has every number from 1 to 72 once', () => {
    expect(edgeCases.map(({ number }) => number)).toEqual(Array.from({ length: 72 }, (_, at) => at + 1))
  })

  test('has a test whose title names it, or the reason why it cannot arise, for each case', () => {
    const missing = edgeCases.filter(({ number, cannotArise }) => cannotArise === undefined && !shown.has(number))
    expect(missing.map(({ number, line }) => `${number} ${line}`)).toEqual([])
  })

  test('says of none that it cannot arise while a test shows it', () => {
    expect(edgeCases.filter(({ number, cannotArise }) => cannotArise !== undefined && shown.has(number))).toEqual([])
  })

  test('knows every number that a title names', () => {
    expect([...shown].filter((number) => !edgeCases.some((each) => each.number === number))).toEqual([])
  })
})
