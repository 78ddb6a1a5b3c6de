import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launch, nodeMain, npmStart, startApp } from './support/running-app.ts'
import type { RunningApp } from './support/running-app.ts'

let folder: string
const running: RunningApp[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countonme-'))
})
afterEach(() => {
  for (const app of running.splice(0)) app.kill()
  rmSync(folder, { recursive: true })
})

async function started(): Promise<RunningApp> {
  const app = await startApp(npmStart, `sqlite:${join(folder, 'app.db')}`)
  running.push(app)
  return app
}

describe('npm start', () => {
  it('serves a device from its registration to a product that outlives the process, and ends with 0 on SIGTERM to npm', async () => {
    const first = await started()
    const registration = await post(`${first.base}/v1/auth/register`, { deviceId: 'e2e' })
    expect(registration.status).toBe(201)
    const { token } = (await registration.json()) as { token: string }
    const authorization = `Bearer ${token}`
    const created = await post(`${first.base}/v1/products`, { name: 'Bread', kcal100g: 266 }, authorization)
    expect(created.status).toBe(201)
    process.kill(first.pid, 'SIGTERM')
    expect(await first.exit).toBe(0)

    const second = await started()
    const listed = await fetch(`${second.base}/v1/products`, { headers: { authorization } })
    expect(await listed.json()).toEqual([await created.json()])
    // A terminal sends the signal to the whole group.
    process.kill(-second.pid, 'SIGTERM')
    expect(await second.exit).toBe(0)
  }, 60_000)
})

describe('wrong settings (D9)', () => {
  it('are all named at once, without secrets, and nothing is started', async () => {
    const wrong = {
      DATABASE_URL: 'hunter2',
      PORT: '70000',
      HOST: '',
      DEBUG: 'maybe',
      CORS_ORIGINS: 'https://a.example/path',
    }
    const app = launch(nodeMain, wrong)
    running.push(app)
    expect(await app.exit).toBe(1)
    const printed = app.printed()
    expect(printed.trim().split('\n')).toHaveLength(1)
    for (const name of Object.keys(wrong)) expect(printed).toContain(`${name} in the environment is `)
    expect(printed).not.toContain('hunter2')
  })

  it('are refused in .env too, which the environment overrules', async () => {
    writeFileSync(join(folder, '.env'), 'PORT=all of them\nHOST=nowhere.invalid\n')
    const app = launch(nodeMain, { DATABASE_URL: 'sqlite::memory:' }, folder)
    running.push(app)
    expect(await app.exit).toBe(1)
    expect(app.printed()).toContain('PORT in .env is "all of them", expected a port, 0 to 65535')
    expect(app.printed()).not.toContain('HOST')
  })
})

function post(url: string, body: unknown, authorization?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}
