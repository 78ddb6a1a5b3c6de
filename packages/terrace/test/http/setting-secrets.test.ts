import { expect, test } from 'vitest'
import { createApp, startApp } from '../../src/app/index.ts'
import { list, settings, text } from '../../src/config/index.ts'
import { group, plain, publicAccess, route } from '../../src/http/index.ts'
import { shelfModels } from '../shelf/shelf-app.ts'

const password = 'canary-password-7f3a9c'
const keys = ['canary-key-1-7f3a9c', 'canary-key-2-7f3a9c']

const reveal = route('POST /reveal', {
  summary: 'Fails with what it was set to',
  responses: { 204: null },
  handler: () => {
    throw new Error(`535 for ${password}`, { cause: { request: `key=${keys[1]}`, SMTP_HOST: 'mail.example.org' } })
  },
})

const app = createApp({
  title: 'Settings',
  version: '1.0.0',
  models: shelfModels,
  responses: plain,
  settings: settings({
    TEST_SMTP_HOST: text().default('mail.example.org'),
    TEST_SMTP_PASSWORD: text().secret().default(password),
    TEST_KEYS: list(text().secret()).default(keys),
  }),
  routes: [group({ auth: publicAccess('a test') }, [reveal])],
})

test('what a secret setting is set to is in no line of the log', async () => {
  const lines: string[] = []
  const logTo = { write: (line: string) => void lines.push(line) }
  const running = await startApp(app, { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0, logTo })
  try {
    expect((await fetch(`${running.url}/reveal`, { method: 'POST' })).status).toBe(500)
    running.log.warn({ given: [password] }, 'a line of the app itself')
    await expect.poll(() => lines.join('')).toContain('"status":500')
  } finally {
    await running.stop()
  }
  expect(lines.join('')).not.toContain('canary')
  for (const shown of ['535 for [hidden]', 'key=[hidden]', 'mail.example.org', 'a line of the app itself'])
    expect(lines.join('')).toContain(shown)
})
