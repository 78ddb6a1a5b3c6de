import { list, optional, shape } from 'terrace/dto'
import { errors } from 'terrace/errors'
import { resource, route } from 'terrace/http'
import { array, integer, timestamp, uuid } from 'terrace/model'
import { draft, post, postLine } from './post.shapes.ts'
import { PostService } from './post.service.ts'

const options = { path: '/posts', read: { list: postLine, detail: post } }

/** For everybody. */
export const posts = resource(PostService, {
  ...options,
  only: ['list', 'get'],
  list: { sort: ['-publishedAt'] },
  search: ['title', 'excerpt', 'body'],
})

/** For those who write them. Taking one back is `unpublish`, so that nothing is lost. */
export const ownPosts = resource(PostService, { ...options, only: ['create', 'patch'] })

const params = shape({ id: uuid() })

export const unpublish = route('POST /posts/:id/unpublish', {
  name: 'unpublishPost',
  summary: 'Make a post a draft again, out of sight with its comments',
  params,
  responses: { 200: draft },
  errors: [errors.NOT_FOUND, errors.FORBIDDEN, errors.UNIQUE],
  use: { posts: PostService },
  handler: ({ params: { id }, use }) => use.posts.unpublish(id),
})

export const tagPost = route('PUT /posts/:id/tags', {
  name: 'tagPost',
  summary: 'Say what a post is about: these tags and no other',
  params,
  body: shape({ tagIds: array(integer().range(1, 2_147_483_647)) }, { name: 'PostTags' }),
  responses: { 200: post },
  errors: [errors.NOT_FOUND, errors.FORBIDDEN, errors.REFERENCE_MISSING],
  use: { posts: PostService },
  handler: ({ params: { id }, body, use }) => use.posts.tag(id, body.tagIds),
})

export const feed = route('GET /tags/:slug/feed', {
  name: 'feed',
  summary: 'The newest posts about a tag',
  query: shape({ limit: integer().range(1, 100).default(20), before: optional(timestamp()) }),
  responses: { 200: list(postLine) },
  errors: [errors.NOT_FOUND],
  use: { posts: PostService },
  handler: ({ params: { slug }, query: { limit, before }, use }) => use.posts.feed(slug, { limit, before }),
})
