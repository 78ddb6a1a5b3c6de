import { list, read, shape } from 'terrace/dto'
import { errors as known } from 'terrace/errors'
import { reply, resource, route } from 'terrace/http'
import { integer, text, uuid } from 'terrace/model'
import { errors } from '../errors.ts'
import { models } from '../models.ts'
import { CommentService } from './comment.service.ts'

const options = { path: '/comments', list: { sort: ['createdAt'] } }

/** For everybody. */
export const comments = resource(CommentService, { ...options, only: ['list', 'get'] })

/** For those who wrote them. */
export const ownComments = resource(CommentService, { ...options, only: ['patch', 'delete'] })

const comment = read(models.Comment)
const params = shape({ postId: uuid() })

export const commentsOfPost = route('GET /posts/:postId/comments', {
  name: 'listCommentsOfPost',
  summary: 'The comments of a post, in the order in which they were written',
  params,
  query: shape({ limit: integer().range(1, 100).default(20), offset: integer().range(0, 100_000).default(0) }),
  responses: { 200: list(comment) },
  errors: [known.NOT_FOUND],
  use: { comments: CommentService },
  handler: ({ params: { postId }, query, use }) => use.comments.ofPost(postId, query),
})

export const commentPost = route('POST /posts/:postId/comments', {
  name: 'commentPost',
  summary: 'Comment a post',
  params,
  body: shape({ body: text().length(1, 2000).example('Well said.') }, { name: 'CommentCreate' }),
  responses: { 201: comment },
  errors: [known.NOT_FOUND, errors.COMMENTS_CLOSED],
  use: { comments: CommentService },
  handler: async ({ params: { postId }, body, use }) => {
    const row = await use.comments.create({ postId, ...body })
    return reply(201, row, { location: `/v1/comments/${row.id}` })
  },
})

export const moderate = route('DELETE /posts/:postId/comments/:id', {
  name: 'moderateComment',
  summary: 'Take a comment away, as the author of its post or as an admin',
  params: shape({ postId: uuid(), id: uuid() }),
  responses: { 204: null },
  errors: [known.NOT_FOUND, known.FORBIDDEN],
  use: { comments: CommentService },
  handler: ({ params: { postId, id }, use }) => use.comments.moderate(postId, id),
})
