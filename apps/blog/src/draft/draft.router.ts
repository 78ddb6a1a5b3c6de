import { list, shape } from 'terrace/dto'
import { errors as known } from 'terrace/errors'
import { resource, route } from 'terrace/http'
import { errors } from '../errors.ts'
import { draft, post } from '../post/post.shapes.ts'
import { integer, uuid } from 'terrace/model'
import { DraftService } from './draft.service.ts'

const operations = { restore: { errors: [errors.POST_PUBLISHED] } }

/** The caller's own. */
export const drafts = resource(DraftService, {
  path: '/drafts',
  read: draft,
  list: { sort: ['-updatedAt'] },
  bulk: true,
  operations,
})

export const publish = route('POST /drafts/:id/publish', {
  name: 'publishDraft',
  summary: 'Publish a draft: it becomes the post of the same id',
  params: shape({ id: uuid() }),
  responses: { 200: post },
  errors: [known.NOT_FOUND, known.FORBIDDEN, known.UNIQUE],
  use: { drafts: DraftService },
  handler: ({ params, use }) => use.drafts.publish(params.id),
})

/** What admins see of other people's drafts: that they are there, and what is in them. */
export const allDrafts = route('GET /admin/drafts', {
  name: 'listAllDrafts',
  summary: 'The drafts of all authors, latest first',
  query: shape({ limit: integer().range(1, 100).default(20), offset: integer().range(0, 100_000).default(0) }),
  responses: { 200: list(draft) },
  use: { drafts: DraftService },
  handler: async ({ query, use }) => (await use.drafts.listAll({ sort: ['-updatedAt'], page: query })).rows,
})
