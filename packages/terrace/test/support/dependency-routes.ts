import { afterEach } from 'vitest'
import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { shape } from '../../src/dto/index.ts'
import type { DeclaredError } from '../../src/errors/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import type { Needs, RouteTree } from '../../src/http/index.ts'
import { text } from '../../src/model/index.ts'
import { testClient } from '../../src/testing/index.ts'
import type { TestClient, TestClientOptions } from '../../src/testing/index.ts'
import { shelfModels } from '../shelf/shelf-app.ts'

export const open = publicAccess('a test')
export const answer = shape({ text: text() })

/** Opens clients that are closed after each test of the file. */
export function openedClients(): (app: App, options?: TestClientOptions) => Promise<TestClient> {
  const opened: TestClient[] = []
  afterEach(async () => {
    for (const client of opened.splice(0)) await client.close()
  })
  return async (app, options = {}) => {
    const client = await testClient(app, { log: 'silent', ...options })
    opened.push(client)
    return client
  }
}

export function appOf(...routes: RouteTree[]): App {
  return createApp({
    title: 'D',
    version: '1.0.0',
    models: shelfModels,
    responses: plain,
    routes: [group({ auth: open }, routes)],
  })
}

/** A route that answers with the names of what it uses, joined. */
export function using<N extends Needs>(use: N, path = '/use', answered: readonly DeclaredError[] = []) {
  return route(`POST ${path}` as 'POST /use', {
    summary: 'Uses',
    responses: { 200: answer },
    errors: answered,
    use,
    handler: (input) => ({ text: Object.values(input.use).map(String).join(' ') }),
  })
}
