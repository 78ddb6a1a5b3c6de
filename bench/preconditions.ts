/**
 * What tags, conditions and keys cost: `npm run bench:preconditions`, `-- --quick` for a first look.
 *
 * One app in this process, through all of the server but the socket, with rows that have a version: what a network adds would
 * only make the shares smaller. Requests with and without take turns in each round; shown are medians of a round in microseconds, and the median
 * of the rounds' ratios. A GET cannot be had without its tag: of that the digest alone is measured, as a share of a whole GET.
 */
import { randomUUID } from 'node:crypto'
import { createApp } from 'terrace/app'
import { Dao } from 'terrace/dao'
import { openDatabase, unscoped } from 'terrace/database'
import { plain, group, publicAccess, resource } from 'terrace/http'
import { graph, integer, model, text, timestamps, uuid, version } from 'terrace/model'
import { CrudService, idempotencyKeys } from 'terrace/service'
import { availabilityOf, freshDatabase, testClient, type EngineName } from 'terrace/testing'
import { tagHeaders } from './http/answer-parts.ts'

const isQuick = process.argv.includes('--quick')
const [rounds, perRound] = isQuick ? [5, 60] : [15, 200]

const Note = model('notes', {
  id: uuid().primaryKey(),
  title: text().length(1, 100),
  stars: integer().default(0),
  version: version(),
  ...timestamps(),
})
const models = graph({ Note, IdempotencyKey: idempotencyKeys() })
class NoteService extends CrudService(models.Note) {}
const app = createApp({
  title: 'Notes',
  version: '1.0.0',
  models,
  responses: plain,
  idempotency: { keys: models.IdempotencyKey },
  routes: [group({ auth: publicAccess('a bench') }, [resource(NoteService, { path: '/notes' })])],
})

type Ask = () => Promise<unknown>

async function run(engine: EngineName): Promise<void> {
  const { url, drop } = await freshDatabase(engine)
  const database = await openDatabase(url, { models })
  const client = await testClient(app, { database, conform: false, log: 'silent' })
  try {
    const rows = await database.session(unscoped('bench'), (session) =>
      session.use(Dao(models.Note)).createMany(Array.from({ length: 20 }, (_, at) => ({ title: `note ${at}` }))),
    )
    const path = `/notes/${rows[0]?.id}`
    let etag = (await client.get(path)).headers['etag'] ?? ''
    const patch = async (headers: Record<string, string>): Promise<void> => {
      const { status, headers: answered } = await client.patch(path, { stars: 1 }, headers)
      if (status !== 200) throw new Error(`a patch was answered ${status}`)
      etag = answered['etag'] ?? ''
    }
    console.log(`\n${engine}`)
    await compare(
      'GET 200 → 304',
      () => client.get(path),
      () => client.get(path, { 'if-none-match': etag }),
    )
    await compare('list of 20, 200 → 304', ...(await listsOf(client)))
    await compare(
      'PATCH → with if-match',
      () => patch({}),
      () => patch({ 'if-match': etag }),
    )
    const note = { title: 'made' }
    const key = (): Record<string, string> => ({ 'idempotency-key': randomUUID() })
    await compare(
      'POST → with a new key',
      () => client.post('/notes', note),
      () => client.post('/notes', note, key()),
    )
    const known = key()
    await client.post('/notes', note, known)
    await compare(
      'POST → given again',
      () => client.post('/notes', note),
      () => client.post('/notes', note, known),
    )
    await digests(client, path)
  } finally {
    await client.close()
    await database.close()
    await drop()
  }
}

async function listsOf(client: Awaited<ReturnType<typeof testClient>>): Promise<readonly [Ask, Ask]> {
  const url = '/notes?limit=20&title=note%201'
  const etag = (await client.get(url)).headers['etag'] ?? ''
  return [() => client.get(url), () => client.get(url, { 'if-none-match': etag })]
}

async function compare(title: string, plainly: Ask, conditionally: Ask): Promise<void> {
  const [ones, others, ratios]: [number[], number[], number[]] = [[], [], []]
  await timed(plainly)
  await timed(conditionally)
  for (let round = 0; round < rounds; round += 1) {
    const [one, other] = [await timed(plainly), await timed(conditionally)]
    ones.push(one)
    others.push(other)
    ratios.push(other / one)
  }
  const [before, after] = [median(ones).toFixed(0), median(others).toFixed(0)]
  console.log(`${title.padEnd(28)} ${before.padStart(6)} µs ${after.padStart(6)} µs   × ${median(ratios).toFixed(2)}`)
}

/** The median of a round, in microseconds. */
async function timed(ask: Ask): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < perRound; at += 1) {
    const startedMs = performance.now()
    await ask()
    times.push((performance.now() - startedMs) * 1_000)
  }
  return median(times)
}

async function digests(client: Awaited<ReturnType<typeof testClient>>, path: string): Promise<void> {
  for (const [title, url] of [
    ['the tag of a row', path],
    ['the tag of a list of 20', '/notes?limit=20'],
  ] as const) {
    const { text: body } = await client.get(url)
    const wholeUs = await timed(() => client.get(url))
    const startedMs = performance.now()
    const times = 20_000
    for (let at = 0; at < times; at += 1) tagHeaders(body, null)
    const tagUs = ((performance.now() - startedMs) * 1_000) / times
    console.log(
      `${title.padEnd(28)} ${tagUs.toFixed(1)} µs of ${wholeUs.toFixed(0)} µs, ${body.length} bytes: ${((100 * tagUs) / wholeUs).toFixed(1)} %`,
    )
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

for (const engine of ['sqliteFile', 'postgres', 'mysql'] as const) {
  const found = await availabilityOf(engine)
  if (found.isAvailable) await run(engine)
  else console.log(`\n${engine}: skipped, ${found.reason}`)
}
