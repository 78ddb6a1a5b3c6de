import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { get, openRemote, remote, RemoteDao } from 'terrace/remote'
import type { RemoteOptions } from 'terrace/remote'
import { refusal } from './one-source.ts'
import { certificate, key } from './stub-certificate.ts'

const operations = { ping: get('/ping', { response: null }) }

async function secureServer() {
  const server = createServer({ key, cert: certificate }, (_, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const end = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port, [Symbol.asyncDispose]: end }
}

async function pinged(host: string, options: Partial<RemoteOptions> = {}): Promise<string> {
  const given = { baseUrl: `https://${host}`, allowHosts: [host], retries: false, ...options } as const
  await using open = await openRemote(RemoteDao(remote('secure', { ...given, operations })), {
    resolve: async () => ['127.0.0.1'],
  })
  return await refusal(open.dao.ping())
}

test('a certificate that nobody known has signed is refused, and so is one of another name', async () => {
  await using server = await secureServer()
  const refused = 'REMOTE_UNAVAILABLE: The source secure does not answer at present: its certificate is not accepted'
  expect(await pinged(`stub.example:${server.port}`)).toBe(refused)
  expect(await pinged(`other.example:${server.port}`, { tls: { ca: certificate } })).toBe(refused)
  expect(await pinged(`stub.example:${server.port}`, { tls: () => ({ ca: certificate }) })).toBe('none')
})

test('an encrypted connection is judged by its address too', async () => {
  await using server = await secureServer()
  const options = { tls: { ca: certificate }, allowHosts: [], ports: [server.port] }
  expect(await pinged(`stub.example:${server.port}`, options)).toContain('REMOTE_ADDRESS')
})

test('credentials are not sent over plain http, unless the host is named', async () => {
  const credentials = () => ({ headers: { 'x-api-key': 'hunter2' } })
  const plain = remote('plain', { baseUrl: 'http://api.example', credentials, operations })
  expect(await refusal(openRemote(RemoteDao(plain)))).toContain(
    'REMOTE_SETTING: The remote source plain cannot be opened: its baseUrl is plain http',
  )
  await using open = await openRemote(RemoteDao(remote('bare', { baseUrl: 'http://api.example', operations })))
  const call = open.dao.ping({}, { credentials: credentials() })
  expect(await refusal(call)).toContain('REMOTE_ADDRESS: The source bare leads to where it may not: plain http')
})

test('a key that cannot be sent, and one that never comes, end the call', async () => {
  await using server = await secureServer()
  const host = `stub.example:${server.port}`
  const tls = { ca: certificate }
  const broken = () => ({ headers: { 'x-api-key': 'hunter2\r\nx: y' } })
  const found = await pinged(host, { tls, credentials: broken })
  expect(found).toContain('REMOTE_INPUT')
  expect(found).not.toContain('hunter2')
  const never = () => new Promise<never>(() => {})
  expect(await pinged(host, { tls, credentials: never, timeouts: { wholeMs: 100 } })).toContain('REMOTE_TIMEOUT')
})

test('a name that is never resolved is given up with its connection', async () => {
  const source = remote('slow', {
    baseUrl: 'https://slow.example',
    retries: false,
    timeouts: { connectMs: 50 },
    operations,
  })
  await using open = await openRemote(RemoteDao(source), { resolve: () => new Promise<never>(() => {}) })
  expect(await refusal(open.dao.ping())).toBe(
    'REMOTE_TIMEOUT: The source slow took longer than 50 ms to be connected to',
  )
})

test('calls of a source that is closed end, and are not sent again', async () => {
  const source = remote('closed', { baseUrl: 'https://closed.example', operations })
  const open = await openRemote(RemoteDao(source), { resolve: async () => ['192.0.2.1'] })
  await open.close()
  expect(await refusal(open.dao.ping())).toContain(
    'REMOTE_UNAVAILABLE: The source closed does not answer at present: it is closed',
  )
})
