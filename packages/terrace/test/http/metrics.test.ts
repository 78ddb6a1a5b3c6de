import { afterEach, describe, expect, test } from 'vitest'
import { startApp } from '../../src/app/index.ts'
import type { RunningApp, StartOptions } from '../../src/app/index.ts'
import { metricsExposure } from '../../src/app/metrics/metrics-exposure.ts'
import { shelfApp } from '../shelf/shelf-app.ts'

const started: RunningApp[] = []
afterEach(async () => {
  for (const running of started.splice(0)) await running.stop()
})

async function start(options: StartOptions = {}): Promise<RunningApp> {
  const at = { databaseUrl: 'sqlite::memory:', host: '127.0.0.1', port: 0, log: 'silent' } as const
  const running = await startApp(shelfApp(), { ...at, ...options })
  started.push(running)
  return running
}

async function read(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** The number behind one name and its labels, in any order. */
function valueOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number | null {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  const line = text.split('\n').find((found) => {
    const rest = found.startsWith(name) ? found.slice(name.length) : ''
    return /^[ {]/.test(rest) && wanted.every((label) => rest.includes(label))
  })
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ')))
}

const register = (url: string, deviceId: string) =>
  fetch(`${url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deviceId }),
  }).then(async (response) => (await response.json()) as { readonly token: string })

describe('what is measured', () => {
  test('requests by the pattern of their route, statements, transactions, the pool, refusals, the structure, the process', async () => {
    const { url, metricsUrl, database } = await start()
    const { token } = await register(url, 'a')
    await register(url, 'a')
    for (const path of ['/v1/products/1', '/v1/products/2', '/nothing/1', '/nothing/2'])
      await read(`${url}${path}`, { authorization: `Bearer ${token}` })
    const { text, headers } = await read(metricsUrl ?? '')
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const count = (labels: Record<string, string>) => valueOf(text, 'http_request_duration_seconds_count', labels)
    expect([
      count({ method: 'POST', route: '/v1/auth/register', status: '201' }),
      count({ method: 'POST', route: '/v1/auth/register', status: '409' }),
      count({ method: 'GET', route: '/v1/products/:id', status: '404' }),
      count({ method: 'GET', route: 'none', status: '404' }),
    ]).toEqual([1, 1, 2, 2])
    expect(text).not.toMatch(/products\/1|nothing/)
    expect(valueOf(text, 'http_requests_in_flight')).toBe(1)
    expect(valueOf(text, 'terrace_statement_duration_seconds_count', { outcome: 'ok' })).toBeGreaterThan(0)
    expect(valueOf(text, 'terrace_transaction_duration_seconds_count', { outcome: 'committed' })).toBeGreaterThan(0)
    const { committed, rolledBack } = database.counts()
    expect(valueOf(text, 'terrace_units_total', { outcome: 'committed' })).toBe(committed)
    expect(valueOf(text, 'terrace_units_total', { outcome: 'rolledBack' })).toBe(rolledBack)
    const { size, idle } = database.stats()
    expect(valueOf(text, 'terrace_pool_connections', { state: 'idle' })).toBe(idle)
    expect(valueOf(text, 'terrace_pool_connections', { state: 'busy' })).toBe(size - idle)
    expect(valueOf(text, 'terrace_pool_waiting')).toBe(0)
    expect(valueOf(text, 'terrace_connection_errors_total')).toBe(0)
    expect(valueOf(text, 'terrace_schema_in_sync')).toBe(1)
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
    expect(valueOf(text, 'nodejs_eventloop_lag_seconds')).not.toBeNull()
  })

  test('a connection that cannot be had is a connection error, by its code', async () => {
    const { url, metricsUrl, database } = await start()
    const { token } = await register(url, 'a')
    await database.close()
    expect((await read(`${url}/v1/products`, { authorization: `Bearer ${token}` })).status).toBe(503)
    const { text } = await read(metricsUrl ?? '')
    expect(valueOf(text, 'terrace_database_refusals_total', { code: 'DATABASE_CLOSED' })).toBe(1)
    expect(valueOf(text, 'terrace_connection_errors_total')).toBe(1)
  })

  test('two apps of one process do not count each other', async () => {
    const [one, other] = [await start(), await start()]
    await register(one.url, 'a')
    const labels = { route: '/v1/auth/register' }
    const counts = []
    for (const { metricsUrl } of [one, other])
      counts.push(valueOf((await read(metricsUrl ?? '')).text, 'http_request_duration_seconds_count', labels))
    expect(counts).toEqual([1, null])
  })
})

describe('who may read it', () => {
  test('in development whoever is on this machine, and not by way of a proxy or of a made-up name', async () => {
    const { url } = await start()
    expect((await read(`${url}/metrics`)).status).toBe(200)
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect([name, (await read(`${url}/metrics`, { [name]: '192.0.2.1' })).status]).toEqual([name, 404])
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request(`${url}/metrics`, { headers: { host: 'made-up.example' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).end(),
    )
    expect(status).toBe(404)
  })

  test('with a token whoever sends it', async () => {
    const { url } = await start({ metrics: { token: 'let-me-read' } })
    const { status, headers } = await read(`${url}/metrics`)
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect((await read(`${url}/metrics`, { authorization: 'Bearer let-me-rea' })).status).toBe(401)
    expect((await read(`${url}/metrics`, { authorization: 'Bearer let-me-read' })).status).toBe(200)
  })

  test('on a port of their own, with the token where there is one, and not beside the routes', async () => {
    const { url, metricsUrl } = await start({ metrics: { port: 0, token: 'let-me-read' } })
    expect(metricsUrl).not.toContain(new URL(url).port)
    expect((await read(`${url}/metrics`)).status).toBe(404)
    expect((await read(metricsUrl ?? '')).status).toBe(401)
    expect((await read(metricsUrl ?? '', { authorization: 'Bearer let-me-read' })).status).toBe(200)
    expect((await read((metricsUrl ?? '').replace('/metrics', '/v1/products'))).status).toBe(404)
  })

  test('nobody, where they are switched off', async () => {
    const { url, metricsUrl } = await start({ metrics: false })
    expect([metricsUrl, (await read(`${url}/metrics`)).status]).toEqual([null, 404])
  })

  test('nobody by accident: without a port or a token only in development on loopback', () => {
    const none = { metricsPort: null, metricsToken: null }
    const kindOf = (host: string, environment: Record<string, string>) =>
      metricsExposure(undefined, { host, ...none }, environment).kind
    expect(kindOf('127.0.0.1', {})).toBe('loopback')
    expect(kindOf('localhost', { NODE_ENV: 'development' })).toBe('loopback')
    expect(kindOf('::1', {})).toBe('loopback')
    for (const host of ['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.example.org'])
      expect([host, kindOf(host, {})]).toEqual([host, 'nowhere'])
    expect(kindOf('127.0.0.1', { NODE_ENV: 'production' })).toBe('nowhere')
    expect(kindOf('127.0.0.1', { ENV_TYPE: 'prod' })).toBe('nowhere')
    expect(metricsExposure(undefined, { host: '0.0.0.0', metricsPort: 1, metricsToken: null }, {})).toMatchObject({
      kind: 'ownPort',
    })
    expect(metricsExposure(undefined, { host: '0.0.0.0', metricsPort: null, metricsToken: 'x' }, {})).toMatchObject({
      kind: 'token',
    })
  })
})
