import { describe, expect, test } from 'vitest'
import { openApiDocument } from 'terrace/http'
import { fuzz, testClient } from 'terrace/testing'
import type { TestClient } from 'terrace/testing'
import { app } from '../src/app.ts'
import { registeredAs } from './support/callers.ts'
import type { Role } from '../src/user/user.model.ts'

/** Many more by `npm run test:blog`; `TERRACE_FUZZ_SEED` repeats a run. */
const requests = Number(process.env['TERRACE_FUZZ_REQUESTS'] ?? 150)
const seed = Number(process.env['TERRACE_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const document = openApiDocument(app) as { readonly paths: Readonly<Record<string, object>> }

/** What hashes a password has tests of its own: it would take most of the time. */
const hashing: readonly string[] = ['registerUser', 'login', 'changePassword']
/** A draft that is published is everybody's, under the same id. */
const moving: readonly string[] = ['publishDraft', 'unpublishPost']

/** The document without some of its operations. */
function without(...left: readonly string[]): object {
  const kept = (operations: object): object =>
    Object.fromEntries(
      Object.entries(operations).filter(
        ([, { operationId }]: [string, { operationId?: string }]) => !left.includes(operationId ?? ''),
      ),
    )
  const paths = Object.entries(document.paths).map(([path, operations]) => [path, kept(operations)] as const)
  return {
    ...document,
    paths: Object.fromEntries(paths.filter(([, operations]) => Object.keys(operations).length > 0)),
  }
}

const callers =
  (...roles: readonly Role[]) =>
  async (client: TestClient) => {
    const accounts: { readonly authorization: string }[] = []
    for (const [at, role] of roles.entries()) {
      const { accessToken } = await registeredAs(client, `caller${at}`, role)
      accounts.push({ authorization: `Bearer ${accessToken}` })
    }
    return accounts
  }

const everybodys = ['Post', 'Comment', 'Author', 'Tag', 'User', '']
const timeout = 120_000 + requests * 60

describe(`${requests} requests each (seed ${seed})`, () => {
  test(
    'of two authors are answered by what the document says, never by 5xx, never with a draft of the other',
    { timeout },
    async () => {
      const { table } = await fuzz({
        document: without(...hashing, ...moving),
        client: () => testClient(app),
        callers: callers('author', 'author'),
        shared: everybodys,
        requests,
        perRun: 400,
        seed,
      })
      console.info(`${table}`)
      expect(table.successShare).toBeGreaterThanOrEqual(0.1)
    },
  )

  test('of an author and an admin reach every operation, and none is answered by 5xx', { timeout }, async () => {
    const { table } = await fuzz({
      document: without(...hashing),
      client: () => testClient(app),
      callers: callers('admin', 'author', 'admin'),
      shared: [...everybodys, 'Draft'],
      requests,
      perRun: 400,
      seed,
    })
    console.info(`${table}`)
    // Nobody guesses a refresh token, and seldom a comment together with its own post; a short run does not reach everything.
    expect(requests < 5_000 || table.neverSucceeded.every((id) => id === 'refresh' || id === 'moderateComment')).toBe(
      true,
    )
    expect(table.successShare).toBeGreaterThanOrEqual(0.1)
  })
})
