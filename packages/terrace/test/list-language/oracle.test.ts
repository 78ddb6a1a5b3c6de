import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { actingAs } from '../../src/database/index.ts'
import type { Database } from '../../src/database/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient } from '../../src/testing/index.ts'
import { foldCase } from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { askedOf, queryOf, relationsIn, sayable, truthOf } from './conditions.ts'
import type { Asked } from './conditions.ts'
import { journalApp } from './journal-app.ts'
import { journalModels } from './journal-models.ts'
import { fillJournal, seen } from './journal-rows.ts'
import type { Kind, Row } from './journal-rows.ts'

const numRuns = Number(process.env['TERRACE_LIST_QUERIES'] ?? 150)

const kinds = ['posts', 'comments', 'tasks'] as const satisfies readonly Kind[]
const words = fc.constantFrom('', ' ', 'apple', 'APPLE pie', 'äpfel', '%', 'red 🍎', 'and e', 'pie  pie', 'Straße')
const question = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    asked: askedOf(kind, 2, 3).map(sayable),
    searched: kind === 'tasks' ? fc.constant(null) : fc.option(words, { freq: 4 }),
    dotted: fc.boolean(),
  }),
)

const searchedIn = { posts: ['title', 'body'], comments: ['body'], tasks: [] } as const

function isFound(row: Row, kind: (typeof kinds)[number], searched: string | null): boolean {
  const all = (searched ?? '').split(/\s+/).filter((word) => word !== '')
  return all.every((word) =>
    searchedIn[kind].some((column) => {
      const text = String(row[column])
      return column === 'title' ? foldCase(text).includes(foldCase(word)) : text.includes(word)
    }),
  )
}

interface Question {
  readonly kind: (typeof kinds)[number]
  readonly asked: Asked
  readonly searched: string | null
  readonly dotted: boolean
}

function urlOf({ kind, asked, searched, dotted }: Question): string {
  const search = searched === null ? [] : [`q=${encodeURIComponent(searched)}`]
  const query = queryOf(kind, asked, dotted)
  return `/v1/${kind}?${[...search, ...(query === '' ? [] : [query]), 'sort=id', 'limit=100'].join('&')}`
}

function expectedOf({ kind, asked, searched }: Question): readonly unknown[] {
  const rows = seen(kind).filter((row) => truthOf(row, kind, asked) === true && isFound(row, kind, searched))
  return rows.map((row) => row['id']).toSorted()
}

describeEngines(
  'whatever lists are asked',
  (engine) => {
    let database: Database
    let client: TestClient
    beforeAll(async () => {
      database = await openDatabase((await engine.fresh()).url, { models: journalModels })
      await fillJournal(database)
      client = await testClient(journalApp(), { as: actingAs(journalModels.User, 'ann'), database, conform: false })
    }, 60_000)
    afterAll(async () => {
      await client.close()
      await database.close()
    })

    test('they hold the rows that memory would, and count them', { timeout: 30_000 + numRuns * 100 }, async () => {
      let [some, asked] = [0, 0]
      await fc.assert(
        fc.asyncProperty(question, async (one) => {
          const url = urlOf(one)
          fc.pre(url.length < 6_000 && relationsIn(one.asked) <= 20)
          const expected = expectedOf(one)
          const answer = await client.get(url)
          expect([answer.status, answer.status === 200 ? null : answer.text]).toEqual([200, null])
          expect((answer.json as Row[]).map(({ id }) => id)).toEqual(expected)
          expect(answer.headers['x-total-count']).toBe(String(expected.length))
          asked += 1
          if (expected.length > 0 && expected.length < seen(one.kind).length) some += 1
        }),
        { numRuns },
      )
      // Questions that all or no rows answer would prove little.
      expect(some / asked).toBeGreaterThan(0.2)
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)
