import { expect, test } from 'vitest'
import { issueIn, issueText } from './issue-text.ts'
import { issueTexts } from './register/issue-texts.ts'
import type { Issue } from './terrace-error.ts'

const placesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).toSorted()

test.each(Object.entries(issueTexts))('%s uses the same values in both languages, and all of them', (_, definition) => {
  const names = Object.keys(definition.values).toSorted()
  expect([placesOf(definition.en), placesOf(definition.zh)]).toEqual([names, names])
  expect(definition.code).toMatch(/^[A-Z_]+$/)
  expect(definition.zh).toMatch(/\p{Script=Han}/u)
})

test('an issue leaves with one message, in the language asked for', () => {
  const issue: Issue = { in: 'body', path: '/size', ...issueText('between', { min: 0, max: 10 }) }
  const outside = { in: 'body', path: '/size', code: 'RANGE' }
  expect(issueIn(issue, 'en')).toEqual({ ...outside, message: 'must be from 0 to 10' })
  expect(issueIn(issue, 'zh')).toEqual({ ...outside, message: '必须在 0 到 10 之间' })
})

test('an issue of an app that has no Chinese text leaves in English', () => {
  const issue: Issue = { in: 'row', path: '/size', code: 'ODD', message: 'must be even' }
  expect(issueIn(issue, 'zh')).toEqual(issue)
})
