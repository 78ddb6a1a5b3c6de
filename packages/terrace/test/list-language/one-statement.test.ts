import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs, unscoped } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { testClient, testDatabase } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { journalApp } from './journal-app.ts'
import { journalModels } from './journal-models.ts'

const { User } = journalModels
let sent: string[] = []
let database: Database
let client: TestClient

beforeAll(async () => {
  const observer = { statement: ({ sql }: { readonly sql: string }) => void sent.push(sql) }
  database = await testDatabase({ models: journalModels, observer })
  await database.session(unscoped('test'), (session) => session.use(Dao(User)).create({ id: 'ann', name: 'Ann' }))
  client = await testClient(journalApp(), { as: actingAs(User, 'ann'), database, log: 'silent' })
})
afterAll(async () => {
  await client.close()
  await database.close()
})

async function statementsOf(url: string): Promise<readonly string[]> {
  sent = []
  const { status, text } = await client.get(url)
  expect([status, status === 200 ? null : text]).toEqual([200, null])
  return sent
}

const payloads = [
  "'; DROP TABLE posts; --",
  "' OR '1'='1",
  '" OR ""="',
  '\\',
  '%',
  '_',
  '[some]',
  'a.b][c',
  '__proto__',
  '?',
  '$1',
  ':x',
  '@x',
  '/*',
  'NULL',
  '',
]

/** Conditions of every sort: in groups, of relations three deep, and a search, each about this text. */
const asking = (text: string): string => {
  const value = encodeURIComponent(text)
  const conditions = [
    'title',
    'title[not]',
    'body[contains]',
    'or[a][body][startsWith]',
    'or[b][body][endsWith]',
    'not[topic][name]',
    'topic[parent][name][contains]',
    'comments[some][or][x][body]',
    'comments[some][or][y][post][answers][title]',
    'comments[none][body][contains]',
    'replies[every][title][endsWith]',
    'tasks[some][team][members][some][userId]',
  ]
  return `/v1/posts?${[...conditions, 'q'].map((name) => `${name}=${name === 'q' ? `x${value.replaceAll('%20', '')}` : value}`).join('&')}`
}

test('whatever a value is, the statements of a question are the same', async () => {
  const [first] = [await statementsOf(asking('x'))]
  expect(first.length).toBeGreaterThan(0)
  const values = [
    ...payloads,
    ...naughtyStrings().filter((text) => /^[^\0\s]{1,40}$/u.test(text) && text.isWellFormed()),
  ]
  for (const value of values) expect([value, await statementsOf(asking(value))]).toEqual([value, first])
})

test('equal questions are one statement, in whatever order they are asked and however their groups are labelled', async () => {
  const asked = [
    'or[a][title]=1',
    'or[a][comments][some][score]=2',
    'or[b][comments][some][score][gt]=3',
    'and[x][or][1][stars]=4',
    'and[x][or][2][stars][null]=true',
    'and[y][not][kind]=note',
    'topic[name]=5',
    'replies[none][stars][in]=6&replies[none][stars][in]=7',
  ]
  const first = await statementsOf(`/v1/posts?${asked.join('&')}`)
  const other = asked
    .toReversed()
    .map((term) => term.replace('[a]', '[zz]').replace('and[x]', 'and[0]').replace('and[y]', 'and[1]'))
  expect(await statementsOf(`/v1/posts?${other.join('&')}`)).toEqual(first)
  // OpenAPI's spelling too.
  const dotted = asked.map((term) => term.replaceAll('][', '.'))
  expect(await statementsOf(`/v1/posts?${dotted.join('&')}`)).toEqual(first)
})

test('a condition of a relation costs no statement of its own', async () => {
  expect(await statementsOf('/v1/posts?comments[some][post][topic][name]=x&total=false')).toHaveLength(1)
  expect(await statementsOf('/v1/posts?comments[some]=false&offset=1')).toHaveLength(2)
})

test('whoever asks for ever new shapes gets answers, and the others theirs', async () => {
  const columns = ['title', 'kind', 'stars', 'isOpen', 'day', 'topicId', 'answersId', 'id', 'body', 'userId']
  const values = { title: 'x', kind: 'note', stars: '1', isOpen: 'true', day: '2026-02-05' } as Record<string, string>
  const seen = new Set<string>()
  for (let shape = 1; shape <= 1_023; shape += 1) {
    const chosen = columns.filter((_column, at) => (shape >> at) % 2 === 1)
    const query = chosen.map((column) => `${column}=${values[column] ?? 'x'}`)
    const [statement] = await statementsOf(`/v1/posts?${query.join('&')}&total=false`)
    seen.add(statement as string)
  }
  expect(seen.size).toBe(1_023)
  expect(await statementsOf('/v1/posts?title=x&total=false')).toHaveLength(1)
}, 60_000)
