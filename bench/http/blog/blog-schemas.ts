const text = { type: 'string' } as const
const whole = { type: 'integer' } as const
const maybe = { type: ['string', 'null'] } as const
const times = { createdAt: text, updatedAt: text } as const

const object = <P extends Readonly<Record<string, object>>>(properties: P, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
})

const line = {
  id: text,
  authorId: whole,
  title: text,
  excerpt: maybe,
  slug: text,
  areCommentsOpen: { type: 'boolean' },
  publishedAt: text,
  version: whole,
  ...times,
} as const
const author = object({ id: whole, name: text, ...times })
const tag = object({ id: whole, name: text, slug: text, ...times })
const postTags = { type: 'array', items: object({ postId: text, tagId: whole, tag }) } as const

const refused = object({ code: text })

/** What is sent and what is answered, as Fastify reads and writes by it. */
export const blogSchemas = {
  get: { params: object({ id: text }), response: { 200: object({ ...line, body: text, status: text }), 404: refused } },
  list: {
    querystring: {
      ...object(
        {
          limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          offset: { type: 'integer', minimum: 0, default: 0 },
          q: text,
          include: { type: 'string', enum: ['author,postTags.tag'] },
        },
        [],
      ),
      additionalProperties: false,
    },
    response: { 200: { type: 'array', items: object({ ...line, author, postTags }, Object.keys(line)) } },
  },
  comment: {
    body: { ...object({ body: { type: 'string', minLength: 1, maxLength: 2000 } }), additionalProperties: false },
    response: {
      201: object({ id: text, postId: text, authorId: whole, body: text, ...times }),
      401: refused,
      404: refused,
    },
  },
} as const
