import { createServer } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { availabilityOf, freshDatabase, type EngineName } from 'terrace/testing'
import { compareAnswers } from './compare-answers.ts'
import { load } from './load.ts'
import { seed } from './seed.ts'
import { host, type Served } from './subject.ts'
import { subjectNames, subjects } from './subjects.ts'
import { worksOn, type Work } from './works.ts'

const ends: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

interface Started {
  readonly ports: Readonly<Record<string, number>>
  readonly works: readonly Work[]
  readonly lines: readonly string[]
}

async function started(engine: EngineName): Promise<Started> {
  const database = await freshDatabase(engine)
  ends.push(() => database.drop())
  const works = worksOn(await seed(database.url))
  const lines: string[] = []
  const logTo = { write: (line: string) => void lines.push(line) }
  const served: [string, Served][] = []
  for (const name of subjectNames) {
    const subject = await subjects[name]({ databaseUrl: database.url, logTo })
    ends.push(() => subject.close())
    served.push([name, subject])
  }
  return { ports: Object.fromEntries(served.map(([name, { port }]) => [name, port])), works, lines }
}

const postgres = await availabilityOf('postgres')
const why = postgres.isAvailable || postgres.isRequired ? null : postgres.reason

describe.each([
  { engine: 'sqliteFile', skipped: null },
  { engine: 'postgres', skipped: why },
] as const)('$engine', ({ engine, skipped }) => {
  test.skipIf(skipped !== null)(`all subjects do the same work${skipped === null ? '' : ` (${skipped})`}`, async () => {
    const { ports, works, lines } = await started(engine)
    await expect(compareAnswers(ports, works)).resolves.toBeUndefined()
    expect(lines.filter((line) => line.includes('"msg":"request"'))).toHaveLength(works.length * subjectNames.length)
  })
})

test('they refuse alike whoever has no token that is known, and rows of another device', async () => {
  const { ports, works } = await started('sqliteFile')
  const [get, , , , patch] = works.flatMap(({ requests }) => requests.slice(0, 1))
  if (get === undefined || patch === undefined) throw new Error('there is nothing to ask')
  const stranger = { ...get, token: 'A'.repeat(43) }
  const foreign = { ...get, token: patch.token }
  const refused = [
    { title: 'unknown token', requests: [stranger] },
    { title: 'another device', requests: [foreign] },
  ]
  await expect(compareAnswers(ports, refused)).resolves.toBeUndefined()
})

test('a subject that answers otherwise is named', async () => {
  const { ports, works } = await started('sqliteFile')
  const other = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end('{}')
  })
  await new Promise<void>((resolve) => other.listen(0, host, resolve))
  ends.push(() => new Promise((resolve) => other.close(() => resolve())))
  const { port } = other.address() as { readonly port: number }
  await expect(compareAnswers({ ...ports, other: port }, works)).rejects.toThrow(
    'get: Terrace and other answer differently',
  )
})

test('the load counts what was answered, and ends at the first refusal', async () => {
  const { ports, works } = await started('sqliteFile')
  const [work] = works
  if (work === undefined) throw new Error('there is nothing to ask')
  const { requests, elapsedMs } = await load(ports['node:http'] ?? 0, work, 20)
  expect(requests).toBeGreaterThan(0)
  expect(elapsedMs).toBeGreaterThanOrEqual(20)
  const refused = { ...work, requests: work.requests.map((request) => ({ ...request, token: 'A'.repeat(43) })) }
  await expect(load(ports['node:http'] ?? 0, refused, 20)).rejects.toThrow('401 Unauthorized')
})
