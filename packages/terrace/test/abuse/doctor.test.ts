import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { dependencyFindings, isBelow } from '../../src/cli/doctor/dependency-findings.ts'
import { entropyBits } from '../../src/cli/doctor/entropy.ts'
import type { Finding } from '../../src/cli/doctor/finding.ts'
import { installedPackages } from '../../src/cli/doctor/installed-packages.ts'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { everyone } from '../../src/database/index.ts'
import { graph, model, shared, text, uuid } from '../../src/model/index.ts'
import { projectFolder } from '../cli/project-folder.ts'
import type { ProjectFolder } from '../cli/project-folder.ts'

const folders: ProjectFolder[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

const secret = 'b1946ac92492d2347c6235b4d2611184'

/** What a healthy production has; `app` and `env` are what is wrong about it. */
interface Project {
  readonly settings?: string
  readonly options?: string
  readonly routes?: string
  readonly start?: string
  readonly env?: Readonly<Record<string, string>>
}

const goodEnv = { NODE_ENV: 'production', APP_SECRET: secret, DATABASE_URL: 'postgres://app:Xk29vbQ7pz@127.0.0.1/app' }

async function doctor({ settings = '', options = '', routes = '', start = '{}', env = {} }: Project) {
  const project = projectFolder({
    'app.ts': `
import { createApp } from 'terrace/app'
import { jwtTokens, limitAttempts, refreshTokenColumns, UserAccess, userCredentials } from 'terrace/auth'
import { flag, list, origin, port, settings, text, url } from 'terrace/config'
import { shape } from 'terrace/dto'
import { authentication, bearer, group, publicAccess, route } from 'terrace/http'
import { actor, boolean, graph, identity, model, text as words } from 'terrace/model'

const User = model(
  'users',
  { id: identity(), email: words().length(3, 255).email().ignoreCase().unique({ global: true }), ...userCredentials() },
  { access: actor() },
)
const models = graph({ User, RefreshToken: model('refresh_tokens', refreshTokenColumns(User)) })
const tokens = jwtTokens({ issuer: 'x', audience: 'x', keys: () => [{ id: 'a', secret: '${secret}' }] })
class Users extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens, attempts: limitAttempts() }) {}
const shortKeys = jwtTokens({ issuer: 'x', audience: 'x', keys: () => [{ id: 'a', secret: 'hunter2' }] })
class ShortUsers extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens: shortKeys, attempts: limitAttempts() }) {}
class OpenUsers extends UserAccess(models.User, { refreshTokens: models.RefreshToken, tokens }) {}
const user = authentication('user', { scheme: bearer(), verify: async () => null, actor: () => ({}) })
const answer = { responses: { 200: shape({ ok: boolean() }) }, handler: () => ({ ok: true }) }
const routeWith = (pattern: never, more = {}) => route(pattern, { summary: 'x', ...answer, ...more })

export const app = createApp({
  title: 'Clinic', version: '1.0.0', models, openapi: user,
  settings: settings({ APP_SECRET: text().secret(), DATABASE_URL: url(), DEBUG: flag().default(false), ${settings} }),
  ${options}
  routes: [routeWith('GET /mine' as never, { auth: user }), ${routes}],
})
`,
    'terrace.config.ts': `
import { defineConfig } from 'terrace/cli'
import { app } from './app.ts'
export default defineConfig({ app, start: ${start} })
`,
  })
  folders.push(project)
  const ran = await project.terrace(['doctor', '--production', '--json'], { env: { ...goodEnv, ...env } })
  const { result, error } = ran.json()
  const findings = (result?.['findings'] ?? []) as readonly Finding[]
  return { ...ran, error, findings, told: findings.map(({ code, where }) => `${code} ${where}`) }
}

const limited = `rateLimit: { max: 100, windowMs: 60_000 },`
const publicPost = `routeWith('POST /hello' as never, { auth: publicAccess('a greeting for everybody') }),`

test('an app with nothing against it passes', async () => {
  const { code, told } = await doctor({})
  expect([code, told]).toEqual([0, []])
})

test.each<readonly [string, Project, readonly string[]]>([
  ['a default secret', { settings: `TOKEN: text().secret().default('${secret}x'),` }, ['SECRET_DEFAULT TOKEN']],
  ['a guessable secret', { env: { APP_SECRET: 'changeme-changeme-changeme-changeme' } }, ['SECRET_WEAK APP_SECRET']],
  ['a short secret', { settings: `TOKEN: text().secret(),`, env: { TOKEN: 'a1b2c3d4' } }, ['SECRET_WEAK TOKEN']],
  [
    'a database’s password that is tried first',
    { env: { DATABASE_URL: 'postgres://postgres:postgres@127.0.0.1/app' } },
    ['SECRET_WEAK DATABASE_URL'],
  ],
  ['a word over and over', { env: { APP_SECRET: 'secret'.repeat(8) } }, ['SECRET_WEAK APP_SECRET']],
  ['runs of characters', { env: { APP_SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789' } }, ['SECRET_WEAK APP_SECRET']],
  ['a secret that only looks like a URL', { env: { APP_SECRET: 'token:secret' } }, ['SECRET_WEAK APP_SECRET']],
  [
    'a database’s password of common words',
    { env: { DATABASE_URL: 'postgres://app:secretpassword123@127.0.0.1/app' } },
    ['SECRET_WEAK DATABASE_URL'],
  ],
  ['a secret that is not there', { settings: 'TOKEN: text().secret(),' }, ['SETTINGS_INVALID settings']],
  ['every origin beside credentials', { options: `cors: { origins: '*' },` }, ['CORS_WILDCARD cors.origins']],
  [
    'an origin without TLS',
    { settings: 'CORS_ORIGINS: list(origin()).default([]),', env: { CORS_ORIGINS: 'http://shop.example' } },
    ['CORS_PLAIN_ORIGIN http://shop.example'],
  ],
  ['debug output by a setting', { env: { DEBUG: 'true' } }, ['DEBUG_ON DEBUG']],
  [
    'debug output by the start',
    { start: `{ debug: true, log: 'debug' }` },
    ['DEBUG_ON start.debug', 'DEBUG_ON start.log'],
  ],
  [
    'a route that nobody has explained',
    { routes: `routeWith('GET /open' as never, { auth: publicAccess(' ') }),` },
    ['ROUTE_UNGUARDED GET /open'],
  ],
  ['a public write without a limit', { routes: publicPost }, ['ROUTE_UNLIMITED POST /hello']],
  [
    'a login without a limit',
    {
      options: limited,
      routes: `routeWith('POST /login' as never, { auth: publicAccess('login'), use: { users: OpenUsers } }),`,
    },
    ['LOGIN_UNLIMITED POST /login', 'RATE_STORE_PER_PROCESS rateStore'],
  ],
  [
    'keys of tokens with which it does not start',
    {
      options: limited,
      routes: `routeWith('POST /login' as never, { auth: publicAccess('login'), use: { users: ShortUsers } }),`,
    },
    ['TOKEN_KEYS ShortUsers', 'RATE_STORE_PER_PROCESS rateStore'],
  ],
  ['a database in memory', { env: { DATABASE_URL: 'sqlite::memory:' } }, ['DATABASE_IN_MEMORY sqlite::memory:']],
  [
    'a database on another machine without TLS',
    { env: { DATABASE_URL: 'postgres://app:Xk29vbQ7pz@db.example/app' } },
    ['DATABASE_PLAIN postgres://app@db.example/app'],
  ],
  [
    'metrics for everybody',
    { settings: 'METRICS_PORT: port(),', env: { METRICS_PORT: '9100' } },
    ['METRICS_OPEN METRICS_PORT'],
  ],
  ['the page of the documentation', { start: '{ docs: true }' }, ['DOCS_OPEN start.docs']],
  ['proxies whoever they are', { options: 'trustProxy: true,' }, ['TRUST_PROXY_ALL trustProxy']],
  ['an environment of development', { env: { NODE_ENV: 'development' } }, ['ENVIRONMENT_DEVELOPMENT environment']],
])('terrace doctor --production tells of %s', async (_what, project, expected) => {
  const { code, told, error, findings } = await doctor(project)
  expect(told).toEqual(expected)
  expect(code).toBe(3)
  expect(error?.code).toBe('DOCTOR_FINDINGS')
  for (const { why, remedy } of findings) expect([why.length > 20, remedy.length > 8]).toEqual([true, true])
})

test.each<readonly [string, Project, readonly string[]]>([
  [
    'TLS to the database',
    { env: { DATABASE_URL: 'postgres://app:Xk29vbQ7pz@db.example/app?sslmode=verify-full' } },
    [],
  ],
  ['a limit on what is public', { options: limited, routes: publicPost }, ['RATE_STORE_PER_PROCESS rateStore']],
  [
    'a limited login',
    {
      options: limited,
      routes: `routeWith('POST /login' as never, { auth: publicAccess('login'), use: { users: Users } }),`,
    },
    ['RATE_STORE_PER_PROCESS rateStore'],
  ],
  [
    'metrics with a token',
    {
      settings: 'METRICS_PORT: port(), METRICS_TOKEN: text().secret(),',
      env: { METRICS_PORT: '9100', METRICS_TOKEN: secret },
    },
    [],
  ],
])('and not of %s', async (_what, project, notes) => {
  const { code, told } = await doctor(project)
  expect([code, told]).toEqual([0, notes])
})

test('of a URL the password is judged, and it is said so', async () => {
  const { findings } = await doctor({ env: { DATABASE_URL: 'postgres://app:secretsecret@127.0.0.1/app' } })
  expect(findings[0]?.why).toMatch(/^the password in its URL can be guessed: about \d+ bits/)
  expect(JSON.stringify(findings)).not.toContain('secretsecret')
})

test('of random secrets none is taken for weak', () => {
  for (const encoding of ['hex', 'base64', 'base64url'] as const)
    for (let round = 0; round < 300; round += 1)
      expect(entropyBits(randomBytes(32).toString(encoding))).toBeGreaterThan(64)
})

test('no value of a secret is shown', async () => {
  const { out, err } = await doctor({
    settings: `TOKEN: text().secret().default('hunter2-hunter2-x'),`,
    env: { DATABASE_URL: 'postgres://app:letmein@db.example/app' },
  })
  expect(out).toContain('SECRET_DEFAULT')
  expect(`${out}${err}`).not.toMatch(/hunter2|letmein/)
})

test('dependencies under their floor are found wherever they are installed', () => {
  const installed = (name: string, version: string) => ({ name, version, folder: `node_modules/${name}` })
  const found = dependencyFindings([
    installed('fastify', '5.12.4'),
    installed('fastify', '5.12.5'),
    installed('kysely', '0.28.16'),
    installed('find-my-way', '9.6.0'),
    installed('fast-uri', '3.1.7'),
    installed('fast-uri', '4.0.0'),
    installed('left-pad', '0.0.1'),
  ])
  expect(found.map(({ code, where }) => `${code} ${where}`)).toEqual([
    'DEPENDENCY_OLD fastify',
    'DEPENDENCY_OLD kysely',
    'DEPENDENCY_OLD find-my-way',
    'DEPENDENCY_OLD fast-uri',
  ])
  expect([isBelow('5.12.5-rc.1', '5.12.5'), isBelow('10.0.0', '9.6.1'), isBelow('5.12.5', '5.12.5')]).toEqual([
    true,
    false,
    false,
  ])
})

test('what is installed here is read down to the dependencies of dependencies, and is no older than its floor', () => {
  const installed = installedPackages([new URL('../..', import.meta.url).pathname])
  const names = new Set(installed.map(({ name }) => name))
  for (const name of ['fastify', 'kysely', 'find-my-way', 'fast-uri'])
    expect([name, names.has(name)]).toEqual([name, true])
  expect(dependencyFindings(installed)).toEqual([])
})

test('terrace doctor looks at the database: reachable, its structure, its clock', async () => {
  const project = projectFolder({
    'models.ts': `
import { graph, model, shared, uuid } from 'terrace/model'
export const models = graph({ Note: model('notes', { id: uuid().primaryKey() }, { access: shared({ write: 'everyone' }) }) })
`,
  })
  folders.push(project)
  const run = (url: string) => project.terrace(['doctor', '--json', '--models', 'models.ts', '--url', url])
  const first = await run(project.url)
  const codes = ((first.json().result?.['findings'] ?? []) as readonly Finding[]).map(({ code }) => code)
  expect([first.code, codes]).toEqual([0, ['STRUCTURE_DIFFERS']])
  await project.terrace(['db', 'sync', '--models', 'models.ts', '--url', project.url])
  expect((await run(project.url)).json().result?.['findings']).toEqual([])
  const unreachable = await run('postgres://app@127.0.0.1:1/none')
  expect([unreachable.code, unreachable.json().error?.code]).toEqual([3, 'DOCTOR_FINDINGS'])
  expect(JSON.stringify(unreachable.json().result)).toContain('DATABASE_UNREACHABLE')
})

const oneNote = graph({
  Note: model('notes', { id: uuid().primaryKey(), text: text().nullable() }, { access: shared({ write: 'everyone' }) }),
})

test('terrace doctor fails where the structure differs in a way that a start refuses, and says the way on', async () => {
  const models = (more: string) => `
import { graph, integer, model, shared, text, uuid } from 'terrace/model'
export const models = graph({ Note: model('notes', { id: uuid().primaryKey(), ${more} }, { access: shared({ write: 'everyone' }) }) })
`
  const project = projectFolder({ 'models.ts': models('text: text().nullable()') })
  folders.push(project)
  const given = ['--models', 'models.ts', '--url', project.url]
  await project.terrace(['db', 'sync', ...given])
  project.write('changed.ts', models('text: text().nullable(), rating: integer()'))
  const changed = ['doctor', '--models', 'changed.ts', '--url', project.url]
  const { terrace } = project
  const openedDb = await openDatabase(project.url, { structure: 'off', models: oneNote })
  await openedDb.session(everyone, (session) => session.use(Dao(oneNote.Note)).create({ text: 'no number' }))
  await openedDb.close()
  const refused = await terrace([...changed, '--json'])
  const findings = refused.json().result?.['findings'] as readonly Finding[]
  expect(refused.code).toBe(3)
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toContain('problem STRUCTURE_DRIFT')
  const shown = await terrace(changed)
  for (const { remedy } of findings) expect(shown.out).toContain(remedy)
  project.write('numbers.ts', models('text: integer().nullable()'))
  const told = await terrace(['doctor', '--models', 'numbers.ts', '--url', project.url])
  expect(told.out).toContain('a start is refused where there are values that are no INTEGER')
})

test('where the start only looks, each difference is a problem; one is told in the singular', async () => {
  const project = projectFolder({
    'models.ts': `
import { graph, model, shared, uuid } from 'terrace/model'
export const models = graph({ Note: model('notes', { id: uuid().primaryKey() }, { access: shared({ write: 'everyone' }) }) })
`,
    'terrace.config.ts': `
import { defineConfig } from 'terrace/cli'
import { models } from './models.ts'
export default defineConfig({ models, start: { structure: 'check' } })
`,
  })
  folders.push(project)
  const checked = await project.terrace(['doctor', '--url', project.url])
  expect([checked.code, checked.out]).toEqual([3, expect.stringContaining('STRUCTURE_DRIFT')])
  project.replace('terrace.config.ts', `'check'`, `'safe'`)
  const followed = await project.terrace(['doctor', '--url', project.url])
  expect([followed.code, followed.out]).toEqual([0, expect.stringContaining('1 difference between the models')])
  expect(followed.out).toMatch(/a start, or terrace db sync, does what loses nothing\n1 finding\n/)
})
