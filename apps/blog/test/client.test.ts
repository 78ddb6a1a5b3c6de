import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from 'terrace/app'
import type { RunningApp } from 'terrace/app'
import { dataOf, failureOf } from 'terrace/client'
import { unscoped } from 'terrace/database'
import { app } from '../src/app.ts'
import { UserService } from '../src/user/user.service.ts'
import { openClient, type Post } from './support/api.ts'
import { password } from './support/callers.ts'
import { giveSecrets } from './support/secrets.ts'

giveSecrets()

let running: RunningApp
beforeAll(async () => {
  const address = { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0 }
  running = await startApp(app, { ...address, logTo: { write: () => undefined }, metrics: false })
})
afterAll(() => running.stop())

/** Registers an author, and gives the generated client that is logged in as them, with a token that can be spoilt. */
async function author(name: string) {
  const open = openClient({ baseUrl: running.url })
  const email = `${name}@example.com`
  const { id } = dataOf(await open.POST('/v1/users', { body: { email, password, displayName: name } }))
  await running.database.session(unscoped('test role'), (session) => session.use(UserService).changeRole(id, 'author'))
  let tokens = dataOf(await open.POST('/v1/auth/login', { body: { email, password } }))
  const session = { token: tokens.accessToken, renewals: 0 }
  const client = () =>
    openClient({
      baseUrl: running.url,
      token: () => session.token,
      refresh: async () => {
        session.renewals += 1
        tokens = dataOf(await open.POST('/v1/auth/refresh', { body: { refreshToken: tokens.refreshToken } }))
        session.token = tokens.accessToken
        return session.token
      },
    })
  return { session, client }
}

describe('the client that terrace client has written', () => {
  it('renews a token once for all calls that meet its end, though a refresh token is good for one use', async () => {
    const { session, client } = await author('renewing')
    const api = client()
    session.token = `${session.token.slice(0, -4)}AAAA`
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => api.GET('/v1/auth/me')))
    expect([answers.map(({ response }) => response.status), session.renewals]).toEqual([[200, 200, 200, 200, 200], 1])
    session.token = 'no token at all'
    expect((await api.GET('/v1/auth/me')).response.status).toBe(200)
    expect(session.renewals).toBe(2)
  })

  it('overwrites nothing that somebody else has changed since it was read', async () => {
    const { client } = await author('careful')
    const [one, other] = [client(), client()]
    const written = { title: 'On bread', body: 'It rises.', slug: 'on-bread' }
    const draft = dataOf(await one.POST('/v1/drafts', { body: written }))
    const { id } = dataOf(await one.POST('/v1/drafts/{id}/publish', { params: { path: { id: draft.id } } }))
    const params = { path: { id } }
    for (const api of [one, other]) dataOf(await api.GET('/v1/posts/{id}', { params }))
    dataOf(await one.PATCH('/v1/posts/{id}', { params, body: { title: 'On rye' } }))
    const refused = failureOf(await other.PATCH('/v1/posts/{id}', { params, body: { title: 'On wheat' } }))
    expect([refused?.status, refused?.code]).toEqual([412, 'PRECONDITION_FAILED'])
    expect(dataOf(await other.GET('/v1/posts/{id}', { params })).title).toBe('On rye')
    expect(dataOf(await other.PATCH('/v1/posts/{id}', { params, body: { title: 'On wheat' } })).title).toBe('On wheat')
  })

  it('writes, publishes and is read to the end of the list by anybody', async () => {
    const { client } = await author('writing')
    const api = client()
    for (const slug of ['a', 'b', 'c', 'd', 'e']) {
      const { id } = dataOf(await api.POST('/v1/drafts', { body: { title: `Post ${slug}`, body: 'Text', slug } }))
      dataOf(await api.POST('/v1/drafts/{id}/publish', { params: { path: { id } } }))
    }
    const titles: Post['title'][] = []
    const reader = openClient({ baseUrl: running.url })
    for await (const { title } of reader.rows('/v1/posts', { params: { query: { sort: 'title', limit: 2 } } }))
      if (title.startsWith('Post')) titles.push(title)
    expect(titles).toEqual(['Post a', 'Post b', 'Post c', 'Post d', 'Post e'])
    const { id } = dataOf(await api.POST('/v1/drafts', { body: { title: 'Again', body: 'Text', slug: 'a' } }))
    const twice = failureOf(await api.POST('/v1/drafts/{id}/publish', { params: { path: { id } } }))
    expect([twice?.status, twice?.code]).toEqual([409, 'UNIQUE'])
  })
})
