/**
 * Whether the time of a refused login tells who is registered: `npm run bench:login`, `-- --samples 200` for a first look.
 *
 * One app in this process answers `POST /auth/login` for an e-mail that nobody has and for a wrong password, through all of the server
 * but the socket, from a database in memory: what a network adds would only hide a difference. The two take turns, in an order
 * that changes, one request at a time, without pauses. What is compared are the medians, of 2,000 samples each; the figure to
 * keep is a difference of at most 5 %. The same is measured of a disabled user and of one without a password.
 */
import { createApp } from 'terrace/app'
import { isJwtText, jwtTokens, refreshTokenColumns, UserAccess, userCredentials } from 'terrace/auth'
import { Dao } from 'terrace/dao'
import { unscoped } from 'terrace/database'
import { authentication, bearer, userRoutes } from 'terrace/http'
import { actor, graph, identity, model, text } from 'terrace/model'
import { testClient } from 'terrace/testing'

const asked = process.argv.indexOf('--samples')
const samples = asked === -1 ? 2_000 : Number(process.argv[asked + 1])
const allowed = 0.05

const User = model(
  'users',
  { id: identity(), email: text().length(3, 255).email().ignoreCase().unique({ global: true }), ...userCredentials() },
  { access: actor() },
)
const models = graph({ User, RefreshToken: model('refresh_tokens', refreshTokenColumns(User)) })
const tokens = jwtTokens({
  issuer: 'bench',
  audience: 'bench',
  keys: () => [{ id: 'bench', secret: 'a secret that is long enough for a bench' }],
})
class Users extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens }) {}
class UserDao extends Dao(models.User) {}
const user = authentication('user', {
  scheme: bearer({ form: isJwtText }),
  verify: ({ token, session }) => session.use(Users).verify(token),
  actor: (row) => ({ User: row.id }),
})
const app = createApp({ title: 'Logins', version: '1.0.0', models, routes: [userRoutes(Users, { auth: user })] })
const client = await testClient(app, { conform: false, log: 'silent' })

await client.database.session(unscoped('bench'), async (session) => {
  const users = session.use(Users)
  await users.register({ email: 'known@example.com', password: 'correct horse' })
  const { id } = await users.register({ email: 'disabled@example.com', password: 'correct horse' })
  await users.disable(id)
  await session.use(UserDao).create({ email: 'invited@example.com' })
})

const subjects = {
  'wrong password': 'known@example.com',
  'unknown e-mail': 'nobody@example.com',
  'disabled user': 'disabled@example.com',
  'no password': 'invited@example.com',
} as const
type Subject = keyof typeof subjects

async function timed(subject: Subject): Promise<number> {
  const begin = performance.now()
  const { status } = await client.post('/auth/login', { email: subjects[subject], password: 'wrong horse' })
  if (status !== 401) throw new Error(`${subject} answers ${status}`)
  return performance.now() - begin
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
}

const names = Object.keys(subjects) as Subject[]
const times = new Map<Subject, number[]>(names.map((name) => [name, []]))
for (const name of names) for (let round = 0; round < 5; round++) await timed(name)
for (let round = 0; round < samples; round++) {
  // The first two in each round; the others in every tenth, so that a run stays short.
  const turn = round % 10 === 0 ? names : names.slice(0, 2)
  for (let index = 0; index < turn.length; index++) {
    const name = turn[(index + round) % turn.length] as Subject
    times.get(name)?.push(await timed(name))
  }
}
await client.close()

const base = median(times.get('wrong password') ?? [])
for (const [name, values] of times) {
  const middle = median(values)
  const difference = ((middle / base - 1) * 100).toFixed(2)
  console.log(`${name}: median ${middle.toFixed(2)} ms of ${values.length}, ${difference} %`)
}
const difference = Math.abs(median(times.get('unknown e-mail') ?? []) / base - 1)
if (difference > allowed) {
  console.log(`The medians differ by more than ${allowed * 100} %`)
  process.exitCode = 1
}
