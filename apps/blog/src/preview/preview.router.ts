import { list, read, shape } from 'terrace/dto'
import { errors } from 'terrace/errors'
import { dependency, requestSession, requestSignal, route } from 'terrace/http'
import { uuid } from 'terrace/model'
import { models } from '../models.ts'
import { PreviewService } from './preview.service.ts'
import { previewDao } from './preview.source.ts'

/** Rows and an API of others behind one service: for whoever handles a request. */
export const previewService = dependency('previewService', {
  needs: { session: requestSession, previews: previewDao, signal: requestSignal },
  make: ({ session, previews, signal }) => new PreviewService(session, { previews, signal }),
})

export const previewsOfPost = route('GET /posts/:id/previews', {
  name: 'previewsOfPost',
  summary: 'What the pages say that a post links to',
  params: shape({ id: uuid() }),
  responses: { 200: list(read(models.LinkPreview, { only: ['url', 'title', 'description', 'image'] })) },
  errors: [errors.NOT_FOUND],
  use: { previews: previewService },
  handler: ({ params: { id }, use }) => use.previews.ofPost(id),
})
