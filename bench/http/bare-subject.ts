import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  basePath,
  defaultLimit,
  pageHeaders,
  refusalHeaders,
  refusals,
  requestLog,
  securityHeaders,
  tagHeaders,
  timeouts,
  tokenHashOf,
} from './answer-parts.ts'
import { openStore } from './open-store.ts'
import { withPortions, type NewProduct } from './product.ts'
import type { Store } from './store.ts'
import { host, type StartSubject } from './subject.ts'

/** Written by hand with nothing but `node:http`: what the machine can do at all. */
export const startBare: StartSubject = async ({ databaseUrl, ...options }) => {
  const store = openStore(databaseUrl)
  const log = requestLog(options)
  const server = createServer(timeouts, (request, response) => {
    void serve(request, response, { store, log })
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address() as { readonly port: number }
  return {
    port: address.port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly value: unknown
}

interface Call {
  readonly store: Store
  readonly deviceId: string
  readonly request: IncomingMessage
  /** The last segment of the path. */
  readonly id: string
  readonly query: string
}

interface Parts {
  readonly store: Store
  readonly log: ReturnType<typeof requestLog>
}

async function serve(request: IncomingMessage, response: ServerResponse, { store, log }: Parts): Promise<void> {
  const startedMs = performance.now()
  const requestId = randomUUID()
  const { route, answer } = await answerTo(request, store)
  const payload = JSON.stringify(answer.value)
  const isRead = request.method === 'GET' && answer.status === 200
  response.writeHead(answer.status, {
    ...securityHeaders,
    'x-request-id': requestId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(payload),
    ...answer.headers,
    ...(isRead ? tagHeaders(payload, answer.headers ?? null) : {}),
  })
  response.end(payload, () => {
    const durationMs = performance.now() - startedMs
    log({ requestId, method: request.method ?? '', route, status: answer.status, durationMs })
  })
}

async function answerTo(
  request: IncomingMessage,
  store: Store,
): Promise<{ readonly route: string | null; readonly answer: Answer }> {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const id = path.slice(basePath.length + 1)
  const route = !path.startsWith(basePath) ? null : id === '' ? basePath : `${basePath}/:id`
  const handler = route === null ? undefined : handlers[`${request.method} ${id === '' ? '' : ':id'}`]
  if (handler === undefined) return { route, answer: refused(404) }
  const tokenHash = tokenHashOf(request.headers.authorization)
  const deviceId = tokenHash === null ? null : await store.deviceOf(tokenHash)
  if (deviceId === null)
    return {
      route,
      answer: { status: 401, value: refusals[401], headers: { ...refusalHeaders, 'www-authenticate': 'Bearer' } },
    }
  return { route, answer: await handler({ store, deviceId, request, id, query }) }
}

const handlers: Readonly<Record<string, (call: Call) => Promise<Answer>>> = {
  'GET :id': get,
  'GET ': list,
  'POST ': create,
  'PATCH :id': patch,
}

async function get({ store, deviceId, id }: Call): Promise<Answer> {
  const found = await store.product(deviceId, id)
  return found === null ? refused(404) : { status: 200, value: found }
}

async function list({ store, deviceId, query }: Call): Promise<Answer> {
  const { limit = String(defaultLimit), offset = '0', include } = Object.fromEntries(new URLSearchParams(query))
  const page = { limit: Number(limit), offset: Number(offset) }
  if (!isWhole(page.limit, 1, 100) || !isWhole(page.offset, 0, 1e9)) return refused(422)
  const products = await store.products(deviceId, page)
  const ids = products.map((product) => product.id)
  const value = include === undefined ? products : withPortions(products, await store.portionsOf(deviceId, ids))
  return { status: 200, value, headers: pageHeaders(page, await store.count(deviceId), include) }
}

async function create({ store, deviceId, request }: Call): Promise<Answer> {
  const values = await bodyOf(request)
  if (values?.name === undefined || values.kcal100g === undefined) return refused(422)
  const created = await store.insert(deviceId, values as NewProduct)
  return { status: 201, value: created, headers: { location: `${basePath}/${created.id}` } }
}

async function patch({ store, deviceId, request, id }: Call): Promise<Answer> {
  const values = await bodyOf(request)
  if (values === null) return refused(422)
  const patched = await store.update(deviceId, id, values)
  return patched === null ? refused(404) : { status: 200, value: patched }
}

/** What was sent, or null where a product cannot hold it. */
function bodyOf(request: IncomingMessage): Promise<Partial<NewProduct> | null> {
  return new Promise((resolve, reject) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => (text += piece))
    request.on('error', reject)
    request.on('end', () => resolve(checked(text)))
  })
}

function checked(text: string): Partial<NewProduct> | null {
  try {
    const values = JSON.parse(text) as Record<string, unknown>
    return Object.entries(values).every(([name, value]) => rules[name]?.(value) === true) ? values : null
  } catch {
    return null
  }
}

const rules: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === 'string' && value.length >= 1 && value.length <= 100,
  kcal100g: (value) => isWhole(value, 0, 1000),
  note: (value) => value === null || (typeof value === 'string' && value.length <= 200),
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function refused(status: keyof typeof refusals): Answer {
  return { status, value: refusals[status], headers: refusalHeaders }
}
