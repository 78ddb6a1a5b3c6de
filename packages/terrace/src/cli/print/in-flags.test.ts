import { expect, test } from 'vitest'
import { inFlags } from './in-flags.ts'

test.each([
  [
    "if it is not, start once with allow: ['drop-column products.kcal'], or keep kcal",
    "if it is not, terrace db sync --allow 'drop-column products.kcal', or keep kcal",
  ],
  [
    "start once with allow: ['rename-column products.name'] or with maintenance: true",
    "terrace db sync --allow 'rename-column products.name' or with --maintenance",
  ],
  ['Start once with maintenance: true while nobody', 'terrace db sync --maintenance while nobody'],
  ["adopt: (await openStructure(url, { models })).adopt(['products'])", 'adopt: terrace db adopt products'],
  ["Correct it: structure: { policy: 'safe', allow: ['drop-column a.b'] }", "Correct it: --allow 'drop-column a.b'"],
  ["name it in leaveBehind: ['log', 'products.kcal']", 'name it: --leave-behind log --leave-behind products.kcal'],
  ['nothing of the kind', 'nothing of the kind'],
])('%j is told as %j', (text, told) => {
  expect(inFlags(text)).toBe(told)
})

test('a revision is allowed a loss where it is written', () => {
  expect(inFlags("start once with allow: ['drop-table a']", 'db revision')).toBe(
    "terrace db revision --allow 'drop-table a'",
  )
})
