import { expect, test } from 'vitest'
import { shape } from 'terrace/dto'
import { text } from 'terrace/model'
import { get, openRemote, remote, RemoteDao } from 'terrace/remote'
import { json, stubServer } from './stub-server.ts'

test('C7: an operation gives what the source answers, without what its shape does not name', async () => {
  await using server = await stubServer((_, response) => json(response, { title: 'A page', views: 3 }))
  const source = remote('previews', {
    baseUrl: server.url,
    allowHosts: [server.host],
    operations: { preview: get('/v1/:kind/preview', { query: shape({ url: text() }), response: shape({ title: text() }) }) },
  })
  await using open = await openRemote(RemoteDao(source))
  const preview = await open.dao.preview({ params: { kind: 'page' }, query: { url: 'https://a.example/?q=1&r=ü' } })
  expect(preview).toEqual({ title: 'A page' })
  expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/v1/page/preview?url=https%3A%2F%2Fa.example%2F%3Fq%3D1%26r%3D%C3%BC' })
})
