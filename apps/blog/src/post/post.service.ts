import { nowOf } from 'terrace/database'
import type { PolicyCaller, StoredRow } from 'terrace/service'
import { CrudService } from 'terrace/service'
import type { Create } from 'terrace/dto'
import type { Row } from 'terrace/model'
import { AuthorService } from '../author/author.service.ts'
import { DraftDao } from '../draft/draft.dao.ts'
import { models } from '../models.ts'
import { PostTagDao } from '../tag/tag.dao.ts'
import { TagService } from '../tag/tag.service.ts'
import { isWriter } from '../user/caller.ts'
import { PostDao } from './post.dao.ts'
import type { FeedPage } from './post.dao.ts'

type Draft = Row<typeof models.Draft>
type Asked = PolicyCaller & StoredRow<typeof models.Post>

const isOwn = ({ row, actor, roles }: Asked): boolean => row.userId === actor[models.User.name] && isWriter({ roles })

const policies = { create: isWriter, update: isOwn, delete: isOwn }

/** Posts are published at once, or come from drafts; either way they can be made a draft again. */
export class PostService extends CrudService(models.Post, { dao: PostDao, policies }) {
  /** What a draft becomes: a new post, or the one that it was before, with its comments. */
  async receive({ id, title, slug, body, excerpt }: Draft) {
    const written = { title, slug, body, excerpt }
    const former = await this.dao.restore(id)
    if (former === null) return this.dao.create({ id, ...(await this.toInsert(written)) })
    return (await this.dao.update(id, { ...written, publishedAt: nowOf(this.session) })) ?? former
  }

  /** Takes the post and its comments out of sight and gives its draft, as the post was. `UNIQUE` where another draft has its slug. */
  async unpublish(id: string) {
    const { title, slug, body, excerpt, userId } = await this.permitted('delete', id)
    const written = { title, slug, body, excerpt }
    await this.dao.delete(id)
    const drafts = this.session.use(DraftDao)
    const draft = (await drafts.restore(id)) === null ? null : await drafts.update(id, written)
    return draft ?? drafts.create({ id, ...written, userId })
  }

  /** The post is about these tags and no other; all of it or nothing. `REFERENCE_MISSING` for a tag that is not there. */
  async tag(id: string, tagIds: readonly number[]) {
    const post = await this.permitted('update', id, {})
    const links = this.session.use(PostTagDao)
    await links.deleteWhere({ postId: id })
    await links.createMany([...new Set(tagIds)].map((tagId) => ({ postId: id, tagId })))
    return post
  }

  /** The newest posts about a tag. `NOT_FOUND` where there is no such tag. */
  async feed(slug: string, page: Omit<FeedPage, 'tagId'>) {
    const { id: tagId } = await this.session.use(TagService).at(slug)
    return this.dao.feed({ tagId, ...page })
  }

  protected async toInsert(written: Create<typeof models.Post>) {
    const { id: authorId } = await this.session.use(AuthorService).own()
    return { ...written, authorId, publishedAt: nowOf(this.session) }
  }
}
