import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { authentication, bearer, group, plain, resource } from '../../src/http/index.ts'
import type { ResourceOptions } from '../../src/http/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { journalModels } from './journal-models.ts'

class Posts extends CrudService(journalModels.Post) {}
class Comments extends CrudService(journalModels.Comment) {}
class Tasks extends CrudService(journalModels.Task) {}

/** The key of a user is its token. */
const user = authentication('user', {
  scheme: bearer({ form: () => true }),
  verify: ({ token }) => Promise.resolve({ id: token }),
  actor: (row) => ({ User: row.id }),
})

/** `posts`: how its posts are declared. */
export function journalApp(posts: Partial<ResourceOptions> = {}): App {
  return createApp({
    title: 'Journal',
    version: '1.0.0',
    models: journalModels,
    responses: plain,
    routes: [
      group({ prefix: '/v1', auth: user }, [
        resource(Posts, { path: '/posts', search: ['title', 'body'], ...posts }),
        resource(Comments, { path: '/comments', search: ['body'] }),
        resource(Tasks, { path: '/tasks' }),
      ]),
    ],
  })
}
