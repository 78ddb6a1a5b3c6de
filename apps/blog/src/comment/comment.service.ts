import type { PageOptions } from 'terrace/dao'
import type { Create } from 'terrace/dto'
import { nowOf } from 'terrace/database'
import type { Scope } from 'terrace/database'
import { errors as known } from 'terrace/errors'
import { CrudService } from 'terrace/service'
import type { PolicyCaller, SentData } from 'terrace/service'
import { AuthorService } from '../author/author.service.ts'
import { errors } from '../errors.ts'
import { models } from '../models.ts'
import { PostService } from '../post/post.service.ts'
import { isAdmin, userIdIn } from '../user/caller.ts'
import { CommentDao } from './comment.dao.ts'

type Comment = typeof models.Comment
type NewComment = Create<Comment>

/** `NOT_FOUND` for a post that is not there, whatever names it. */
async function isOpen({ session, data }: PolicyCaller & SentData<NewComment>): Promise<boolean> {
  const { areCommentsOpen } = await session.use(PostService).get(data.postId)
  if (!areCommentsOpen) throw errors.COMMENTS_CLOSED()
  return true
}

export class CommentService extends CrudService(models.Comment, { dao: CommentDao, policies: { create: isOpen } }) {
  protected async toInsert(data: NewComment) {
    const { id: authorId } = await this.session.use(AuthorService).own()
    return { ...data, authorId }
  }

  /** Of a post that everybody sees; `NOT_FOUND` for every other id. */
  async ofPost(postId: string, page: PageOptions) {
    await this.session.use(PostService).get(postId)
    return (await this.list({ where: { postId }, sort: ['createdAt'], page })).rows
  }

  /** Takes a comment of somebody else away: for the author of its post and for admins. */
  async moderate(postId: string, id: string) {
    const comment = await this.get(id)
    const post = await this.session.use(PostService).get(postId)
    if (comment.postId !== postId) throw known.NOT_FOUND({ values: { model: this.dao.model.name } })
    if (!mayModerate(this.session.scope, post))
      throw known.FORBIDDEN({ values: { model: this.dao.model.name, remedy } })
    const moderatedAt = nowOf(this.session)
    await this.session.unscoped('moderation of a comment', async (session) => {
      const comments = session.use(CommentDao)
      await comments.update(id, { moderatedAt })
      await comments.delete(id)
    })
  }
}

const remedy = 'Act as the author of its post, or as an admin'

function mayModerate(scope: Scope, { userId }: { readonly userId: number }): boolean {
  return scope.kind === 'unscoped' || isAdmin(scope) || userIdIn(scope) === userId
}
