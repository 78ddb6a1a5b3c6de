import { hash, randomUUID } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { fastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { jwtVerify } from 'jose'
import { createUuidV7 } from '../../../packages/terrace/src/database/uuid-v7.ts'
import { requestLog, securityHeaders, timeouts } from '../answer-parts.ts'
import { host } from '../subject.ts'
import type { StartSubject } from '../subject.ts'
import { blogSchemas } from './blog-schemas.ts'
import { blogSql, toAuthor, toComment, toLine, toPost, toTag } from './blog-sql.ts'
import type { Row } from './blog-sql.ts'

/**
 * The same routes of the Blog by hand, with Fastify and prepared statements of SQLite: one process, one connection, JSON Schema for
 * what is sent and answered, tags of what is read, the line of the log, a transaction around the write.
 */
export const startFastifyBlog: StartSubject = async ({ databaseUrl, ...options }) => {
  const db = new Sqlite(databaseUrl.slice('sqlite:'.length))
  for (const setting of ['journal_mode = wal', 'synchronous = normal', 'foreign_keys = on']) db.pragma(setting)
  const server = serverOf(db, requestLog(options))
  await server.listen({ host, port: 0 })
  return {
    port: (server.server.address() as { readonly port: number }).port,
    async close() {
      await server.close()
      db.close()
    },
  }
}

function serverOf(db: Sqlite.Database, log: ReturnType<typeof requestLog>): FastifyInstance {
  const server: FastifyInstance = fastify({
    logger: false,
    ...timeouts,
    http: { headersTimeout: timeouts.headersTimeout, requestTimeout: timeouts.requestTimeout },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
  })
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-request-id', request.id)
    done()
  })
  server.addHook('onSend', (request, reply, payload, done) => {
    if (request.method === 'GET') tagged(reply, String(payload))
    done(null, payload)
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method, routeOptions } = request
    log({
      requestId,
      method,
      route: routeOptions.url ?? null,
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    })
    done()
  })
  addReads(server, db)
  addWrite(server, db)
  return server
}

function tagged(reply: FastifyReply, payload: string): void {
  const told = `${reply.getHeader('link')}${reply.getHeader('x-total-count')}`
  const digest = hash('sha256', told + hash('sha256', payload, 'base64url'), 'base64url').slice(0, 22)
  reply.headers({ 'cache-control': 'no-cache', etag: `W/"${digest}"` })
}

interface Asked {
  readonly limit: number
  readonly offset: number
  readonly q?: string
  readonly include?: string
}

function addReads(server: FastifyInstance, db: Sqlite.Database): void {
  const prepared = (sql: string): Sqlite.Statement => db.prepare(sql)
  const [post, posts, count] = [prepared(blogSql.post), prepared(blogSql.posts), prepared(blogSql.count)]
  const [found, foundCount] = [prepared(blogSql.found), prepared(blogSql.foundCount)]
  server.get('/v1/posts/:id', { schema: blogSchemas.get }, (request, reply) => {
    const row = post.get((request.params as { readonly id: string }).id) as Row | undefined
    return row === undefined ? reply.code(404).send({ code: 'NOT_FOUND' }) : reply.send(toPost(row))
  })
  const related = relatedOf(db)
  server.get('/v1/posts', { schema: blogSchemas.list }, (request: FastifyRequest, reply) => {
    const { limit, offset, q, include } = request.query as Asked
    const words = q === undefined ? [] : [q.toLowerCase(), q.toLowerCase(), q]
    const rows = (q === undefined ? posts : found).all(...words, limit, offset) as Row[]
    const { count: total } = (q === undefined ? count : foundCount).get(...words) as { readonly count: number }
    reply.headers(pageHeaders({ limit, offset, q, include }, total))
    const lines = rows.map(toLine)
    return reply.send(include === undefined ? lines : related(lines))
  })
}

/** Two statements for as many posts as there are, and one for the tags. */
function relatedOf(db: Sqlite.Database) {
  return (lines: readonly ReturnType<typeof toLine>[]) => {
    const places = (values: readonly unknown[]): string => values.map(() => '?').join(', ')
    const all = (sql: string, values: readonly unknown[]): Row[] => db.prepare(sql).all(...values) as Row[]
    const authorIds = [...new Set(lines.map(({ authorId }) => authorId))]
    const authors = new Map(all(blogSql.authors(places(authorIds)), authorIds).map((row) => [row['id'], toAuthor(row)]))
    const postIds = lines.map(({ id }) => id)
    const links = all(blogSql.links(places(postIds)), postIds)
    const tagIds = [...new Set(links.map((link) => link['tag_id']))]
    const tags = new Map(all(blogSql.tags(places(tagIds)), tagIds).map((row) => [row['id'], toTag(row)]))
    const byPost = Map.groupBy(links, (link) => link['post_id'])
    return lines.map((line) => {
      const postTags = (byPost.get(line.id) ?? []).map((link) => ({
        postId: link['post_id'],
        tagId: link['tag_id'],
        tag: tags.get(link['tag_id']),
      }))
      return { ...line, author: authors.get(line.authorId), postTags }
    })
  }
}

function addWrite(server: FastifyInstance, db: Sqlite.Database): void {
  const secret = new TextEncoder().encode(process.env['TOKEN_SECRET'])
  const claims = { issuer: 'https://blog.example.com', audience: 'https://blog.example.com', typ: 'at+jwt' }
  const [user, open, author] = [blogSql.user, blogSql.open, blogSql.author].map((sql) => db.prepare(sql))
  const insert = db.prepare(blogSql.comment)
  const newId = createUuidV7(Date.now)
  const write = db.transaction((postId: string, userId: unknown, body: string) => {
    const post = open?.get(postId) as Row | undefined
    if (post?.['are_comments_open'] !== 1) return null
    const writer = author?.get(userId) as Row
    const [id, now] = [newId(), Date.now()]
    const row = { id, post_id: postId, author_id: writer['id'], body, created_at: now, updated_at: now }
    insert.run(id, postId, userId, writer['id'], body, now, now)
    return toComment(row)
  })
  server.post('/v1/posts/:postId/comments', { schema: blogSchemas.comment }, async (request, reply) => {
    const token = /^bearer +([^ ]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const { payload } = await jwtVerify(token, secret, claims)
    const caller = user?.get(Number(payload.sub), payload['sid'], Date.now()) as Row | undefined
    if (caller === undefined) return reply.code(401).send({ code: 'UNAUTHENTICATED' })
    const { postId } = request.params as { readonly postId: string }
    const written = write.immediate(postId, caller['id'], (request.body as { readonly body: string }).body)
    if (written === null) return reply.code(404).send({ code: 'NOT_FOUND' })
    return reply.code(201).header('location', `/v1/comments/${written.id}`).send(written)
  })
}

interface PageAsked {
  readonly limit: number
  readonly offset: number
  readonly q: string | undefined
  readonly include: string | undefined
}

function pageHeaders({ limit, offset, q, include }: PageAsked, total: number) {
  const asked = q === undefined ? (include === undefined ? '' : `include=${encodeURIComponent(include)}&`) : `q=${q}&`
  const to = (at: number, rel: string): string => `</v1/posts?${asked}limit=${limit}&offset=${at}>; rel="${rel}"`
  const links = [to(0, 'first')]
  if (offset > 0) links.push(to(Math.max(0, offset - limit), 'prev'))
  if (offset + limit < total) links.push(to(offset + limit, 'next'))
  links.push(to(total === 0 ? 0 : Math.floor((total - 1) / limit) * limit, 'last'))
  return { 'x-total-count': String(total), link: links.join(', ') }
}
