/**
 * What Terrace costs over a server written by hand: `npm run bench:http`, `-- --quick` for a first look.
 *
 * Three subjects answer the same requests from the same rows of one database: a Terrace app, Fastify with prepared statements,
 * JSON Schema for what is sent and answered, and bare `node:http` with the same statements. All look up the hash of the
 * bearer's token, keep to the device's rows, count a list, write in a transaction, send the same headers and write the same line
 * to the log; that their answers are alike is checked before anything is measured.
 *
 * Each is a process on the second core, the load (10 kept connections, loopback only) is on the first. The subjects take turns
 * in each round; ratios are of figures of one round, their median is shown with the quarters below and above. Processor time is
 * the server's own: it says more than rates where other work is on the machine. A database server runs where the system puts it.
 *
 * At most 50,000 requests in a window, four minutes as a whole, one with `--quick`.
 */
import { availabilityOf, freshDatabase, type EngineName } from 'terrace/testing'
import { randomBytes } from 'node:crypto'
import { analyze } from './http/analyze.ts'
import { blogWorks } from './http/blog/blog-works.ts'
import { seedBlog } from './http/blog/seed-blog.ts'
import { compareAnswers } from './http/compare-answers.ts'
import { pinToCores } from './http/cores.ts'
import { measure, warmUp, type Figures, type Timing } from './http/measure.ts'
import { printFigures } from './http/print-figures.ts'
import { seed } from './http/seed.ts'
import { startServer, type ServerProcess } from './http/server-process.ts'
import { blogSubjectNames, subjectNames, type SubjectName } from './http/subjects.ts'
import { worksOn, type Work } from './http/works.ts'

const isQuick = process.argv.includes('--quick')
const timing: Timing = isQuick
  ? { rounds: 5, windowMs: 150, warmUpMs: 200, startMs: 1_500 }
  : { rounds: 9, windowMs: 450, warmUpMs: 600, startMs: 8_000 }

interface Course {
  readonly title: string
  readonly engine: EngineName
  readonly names: readonly SubjectName[]
  /** Fills the empty database and says what is asked. */
  readonly prepare: (databaseUrl: string) => Promise<readonly Work[]>
  /** Headers in which the subjects need not agree. */
  readonly mayDiffer?: readonly string[]
}

async function run(
  { title, engine, names, prepare, mayDiffer = [] }: Course,
  prefix: readonly string[],
): Promise<void> {
  const database = await freshDatabase(engine)
  const servers: ServerProcess[] = []
  try {
    const works = await prepare(database.url)
    await analyze(database.url)
    for (const name of names) servers.push(await startServer(name, database.url, prefix))
    await compareAnswers(Object.fromEntries(servers.map(({ name, port }) => [name, port])), works, { mayDiffer })
    await warmUp(works, servers, timing)
    const figures: Figures[] = []
    for (const work of works) figures.push(await measure(work, servers, timing))
    printFigures(title, figures, names)
  } finally {
    for (const server of servers) await server.stop()
    await database.drop()
  }
}

const products = { names: subjectNames, prepare: async (url: string) => worksOn(await seed(url)) }
/** An ETag of a post holds its version; the hand-written one is of its bytes alone. */
const blog = {
  names: blogSubjectNames,
  prepare: async (url: string) => blogWorks(await seedBlog(url)),
  mayDiffer: ['etag'],
}
for (const name of ['TOKEN_SECRET', 'APP_SECRET']) process.env[name] = randomBytes(32).toString('hex')

const prefix = pinToCores()
if (prefix.length === 0) console.log('no cores to pin to: load and server share what the system gives them')
if (!process.argv.includes('--blog')) await run({ title: 'SQLite', engine: 'sqliteFile', ...products }, prefix)
await run({ title: 'The Blog, SQLite', engine: 'sqliteFile', ...blog }, prefix)

const postgres = await availabilityOf('postgres')
if (process.argv.includes('--blog')) process.exit()
if (postgres.isAvailable) await run({ title: 'PostgreSQL', engine: 'postgres', ...products }, prefix)
else console.log(`\nPostgreSQL: skipped, ${postgres.reason}`)
