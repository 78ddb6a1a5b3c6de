import { randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
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
import { withPortions, type NewProduct, type Page } from './product.ts'
import type { Store } from './store.ts'
import { host, type StartSubject } from './subject.ts'

/** Written by hand with Fastify as its manual has it: JSON Schema for what is sent and what is answered, hooks for the rest. */
export const startFastify: StartSubject = async ({ databaseUrl, ...options }) => {
  const store = openStore(databaseUrl)
  const server = createServer()
  addHooks(server, store, requestLog(options))
  addReads(server, store)
  addWrites(server, store)
  await server.listen({ host, port: 0 })
  const address = server.server.address() as { readonly port: number }
  return {
    port: address.port,
    async close() {
      await server.close()
      await store.close()
    },
  }
}

interface Asked extends FastifyRequest {
  deviceId: string
}

function createServer(): FastifyInstance {
  const server = fastify({
    logger: false,
    ...timeouts,
    http: { headersTimeout: timeouts.headersTimeout, requestTimeout: timeouts.requestTimeout },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { removeAdditional: false, allErrors: true } },
  })
  server.setErrorHandler((error: { readonly validation?: unknown; readonly statusCode?: number }, _request, reply) => {
    const status = error.validation === undefined ? (error.statusCode ?? 500) : 422
    return reply
      .code(status)
      .headers(refusalHeaders)
      .send(refusals[status as keyof typeof refusals] ?? { detail: 'It failed', code: 'FAILED' })
  })
  return server
}

function addHooks(server: FastifyInstance, store: Store, log: ReturnType<typeof requestLog>): void {
  server.decorateRequest('deviceId', '')
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders).header('x-request-id', request.id)
    const tokenHash = tokenHashOf(request.headers.authorization)
    const deviceId = tokenHash === null ? null : await store.deviceOf(tokenHash)
    if (deviceId === null)
      return reply
        .code(401)
        .headers({ ...refusalHeaders, 'www-authenticate': 'Bearer' })
        .send(refusals[401])
    ;(request as Asked).deviceId = deviceId
    return undefined
  })
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || reply.statusCode !== 200) return payload
    const { link, 'x-total-count': total } = reply.getHeaders() as Readonly<Record<string, string>>
    const told = link === undefined || total === undefined ? null : { 'x-total-count': total, link }
    reply.headers(tagHeaders(String(payload), told))
    return payload
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method, routeOptions } = request
    const { statusCode: status, elapsedTime: durationMs } = reply
    log({ requestId, method, route: routeOptions.url ?? null, status, durationMs })
    done()
  })
}

function addReads(server: FastifyInstance, store: Store): void {
  server.get(
    `${basePath}/:id`,
    { schema: { params, response: { 200: product, 404: failure } } },
    async (request, reply) => {
      const { id } = request.params as { readonly id: string }
      const found = await store.product((request as Asked).deviceId, id)
      return found ?? reply.code(404).headers(refusalHeaders).send(refusals[404])
    },
  )
  const response = { 200: { type: 'array', items: product } }
  server.get(basePath, { schema: { querystring, response } }, async (request, reply) => {
    const { include, ...page } = request.query as Page & { readonly include?: string }
    const { deviceId } = request as Asked
    const products = await store.products(deviceId, page)
    const rows =
      include === undefined
        ? products
        : withPortions(
            products,
            await store.portionsOf(
              deviceId,
              products.map(({ id }) => id),
            ),
          )
    reply.headers(pageHeaders(page, await store.count(deviceId), include))
    return rows
  })
}

function addWrites(server: FastifyInstance, store: Store): void {
  const creating = { body: { ...body, required: ['name', 'kcal100g'] }, response: { 201: product } }
  server.post(basePath, { schema: creating }, async (request, reply) => {
    const created = await store.insert((request as Asked).deviceId, request.body as NewProduct)
    reply.code(201).header('location', `${basePath}/${created.id}`)
    return created
  })
  const patching = { params, body, response: { 200: product, 404: failure } }
  server.patch(`${basePath}/:id`, { schema: patching }, async (request, reply) => {
    const { id } = request.params as { readonly id: string }
    const patched = await store.update((request as Asked).deviceId, id, request.body as Partial<NewProduct>)
    return patched ?? reply.code(404).headers(refusalHeaders).send(refusals[404])
  })
}

const text = { type: 'string' } as const
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' } as const
const times = { createdAt: text, updatedAt: text } as const

const params = { type: 'object', properties: { id: uuid }, required: ['id'] } as const

const querystring = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: defaultLimit },
    offset: { type: 'integer', minimum: 0, default: 0 },
    include: { type: 'string', enum: ['portions'] },
  },
  additionalProperties: false,
} as const

const body = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100 },
    kcal100g: { type: 'integer', minimum: 0, maximum: 1000 },
    note: { type: ['string', 'null'], maxLength: 200 },
  },
  additionalProperties: false,
} as const

const failure = {
  type: 'object',
  properties: { detail: text, code: text },
  required: ['detail', 'code'],
} as const

const portion = {
  type: 'object',
  properties: { id: text, productId: text, name: text, grams: { type: 'integer' }, ...times },
  required: ['id', 'productId', 'name', 'grams', 'createdAt', 'updatedAt'],
} as const

const product = {
  type: 'object',
  properties: {
    id: text,
    name: text,
    kcal100g: { type: 'integer' },
    note: { type: ['string', 'null'] },
    ...times,
    portions: { type: 'array', items: portion },
  },
  required: ['id', 'name', 'kcal100g', 'note', 'createdAt', 'updatedAt'],
} as const
