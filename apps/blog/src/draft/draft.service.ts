import type { ListQuery } from 'terrace/service'
import { CrudService } from 'terrace/service'
import { errors } from '../errors.ts'
import { models } from '../models.ts'
import { PostDao } from '../post/post.dao.ts'
import { PostService } from '../post/post.service.ts'
import { isWriter } from '../user/caller.ts'
import { DraftDao } from './draft.dao.ts'

const policies = { create: isWriter, update: isWriter, delete: isWriter, restore: isWriter }

export class DraftService extends CrudService(models.Draft, { dao: DraftDao, policies }) {
  /**
   * Moves the draft to the posts, under the same id; both happen or neither. `UNIQUE` where a post, published or not any more, has its
   * slug.
   */
  async publish(id: string) {
    const draft = await this.permitted('delete', id)
    await this.dao.delete(id)
    return this.session.use(PostService).receive(draft)
  }

  // Held first, so that no publishing is under way meanwhile.
  override async restore(id: string) {
    await this.permitted('restore', id)
    if ((await this.session.use(PostDao).get(id)) !== null) throw errors.POST_PUBLISHED()
    return super.restore(id)
  }

  /** Of all authors: for routes of admins alone. */
  async listAll(query: ListQuery<typeof models.Draft>) {
    return this.session.unscoped('an admin reviews drafts', (session) => session.use(DraftService).list(query))
  }
}
