/**
 * What the policies on rows cost: `npm run bench:row-security`.
 *
 * The same models on one PostgreSQL, in two databases of one role: one without policies, one whose sessions tell whose rows they are
 * for. `get` by key and `list` of 20 rows, each as a session of its own and inside an open one. The two take turns; figures are
 * medians of 30 rounds, in microseconds for one call, over loopback.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { Dao } from 'terrace/dao'
import { actingAs, openDatabase, unscoped, type Database, type Session } from 'terrace/database'
import { actor, graph, integer, model, owner, ownedThrough, reference, text } from 'terrace/model'
import { availabilityOf, freshDatabase } from 'terrace/testing'

const User = model('users', { id: integer().primaryKey() }, { access: actor() })
const Note = model('notes', { id: integer().primaryKey(), userId: owner(User), body: text().length(1, 100) })
const Line = model(
  'lines',
  { id: integer().primaryKey(), noteId: reference(Note), words: text().length(1, 100) },
  { access: ownedThrough('noteId') },
)
const models = graph({ User, Note, Line })
class Users extends Dao(models.User) {}
class Notes extends Dao(models.Note) {}
class Lines extends Dao(models.Line) {}

const users = 10
const notesOfEach = 200
const rounds = 30
const calls = 40
const someone = actingAs(models.User, 3)
const page = { page: { limit: 20 } } as never

async function filled(url: string, rowLevelSecurity: boolean): Promise<Database> {
  const db = await openDatabase(url, { models, rowLevelSecurity })
  await db.session(unscoped('rows to measure by'), async (session) => {
    for (let user = 0; user < users; user += 1) {
      await session.use(Users).create({ id: user })
      const ids = Array.from({ length: notesOfEach }, (_, at) => user * notesOfEach + at)
      await session.use(Notes).createMany(ids.map((id) => ({ id, userId: user, body: `note ${id}` })) as never)
      await session.use(Lines).createMany(ids.map((id) => ({ id, noteId: id, words: `line ${id}` })))
    }
  })
  return db
}

const works: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  'get a note': (session) => session.use(Notes).get(3 * notesOfEach + 7),
  'list 20 notes': (session) => session.use(Notes).list(page),
  'get a line, through its note': (session) => session.use(Lines).get(3 * notesOfEach + 7),
  'list 20 lines, through their notes': (session) => session.use(Lines).list(page),
}

async function microseconds(
  db: Database,
  work: (session: Session) => Promise<unknown>,
  isOpen: boolean,
): Promise<number> {
  const startedMs = performance.now()
  if (isOpen)
    await db.session(someone, async (session) => {
      for (let call = 0; call < calls; call += 1) await work(session)
    })
  else for (let call = 0; call < calls; call += 1) await db.session(someone, work)
  return ((performance.now() - startedMs) * 1000) / calls
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

async function asRole(serverUrl: string, name: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
  const url = new URL(serverUrl)
  url.username = name
  return url.href
}

async function run(): Promise<void> {
  const name = `terrace_bench_${randomBytes(4).toString('hex')}`
  const [plainPlace, walledPlace] = [await freshDatabase('postgres'), await freshDatabase('postgres')]
  const grant = `grant usage, create on schema public to ${name}`
  const plainUrl = await asRole(plainPlace.url, name, `create role ${name} login; ${grant}`)
  const walledUrl = await asRole(walledPlace.url, name, grant)
  const [plain, walled] = [await filled(plainUrl, false), await filled(walledUrl, true)]
  for (const isOpen of [false, true]) {
    console.log(isOpen ? '\ninside an open session' : '\na session for each call')
    for (const [title, work] of Object.entries(works)) {
      const [without, behind]: [number[], number[]] = [[], []]
      for (let round = 0; round < rounds; round += 1) {
        without.push(await microseconds(plain, work, isOpen))
        behind.push(await microseconds(walled, work, isOpen))
      }
      const ratio = median(behind.map((one, at) => one / (without[at] ?? 1)))
      const figures = `${Math.round(median(without))} µs, with policies ${Math.round(median(behind))} µs`
      console.log(`${title}: ${figures}, ${ratio.toFixed(2)}×`)
    }
  }
  await plain.close()
  await walled.close()
  await walledPlace.drop()
  await plainPlace.drop()
  const server = new URL(plainPlace.url)
  server.pathname = '/postgres'
  await asRole(server.href, name, `drop role ${name}`)
}

const postgres = await availabilityOf('postgres')
if (postgres.isAvailable) await run()
else console.log(`PostgreSQL: skipped, ${postgres.reason}`)
