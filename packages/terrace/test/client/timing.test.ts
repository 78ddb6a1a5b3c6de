import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { apiClient } from '../../src/client/index.ts'
import { json, stubServer } from './stub-server.ts'

interface paths {
  '/': { get: { parameters: {}; responses: { 200: { headers: {}; content: { 'application/json': object } } } } }
}

test('the time of a call ends it, whatever is collected as garbage meanwhile', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const server = await stubServer(async (_, response) => {
    await sleep(500)
    json(response, 200, {})
  })
  const api = apiClient<paths>({ baseUrl: server.url, timeoutMs: 100, retries: false }, { idempotent: [] })
  const collecting = setInterval(collect, 10)
  try {
    await expect(api.GET('/')).rejects.toMatchObject({ name: 'TimeoutError' })
  } finally {
    clearInterval(collecting)
    await server.close()
  }
})
