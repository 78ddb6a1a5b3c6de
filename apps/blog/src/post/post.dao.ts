import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

/** A part of a feed: newest first, those that were published before an instant. */
export interface FeedPage {
  readonly tagId: number
  readonly before: Date | undefined
  readonly limit: number
}

export class PostDao extends Dao(models.Post) {
  feed({ tagId, before, limit }: FeedPage) {
    return this.select((posts) => {
      const tagged = posts.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('post_tags')
            .whereRef('post_tags.postId', '=', 'posts.id')
            .where('post_tags.tagId', '=', tagId)
            .select('post_tags.postId'),
        ),
      )
      const older = before === undefined ? tagged : tagged.where('publishedAt', '<', before)
      return older.orderBy('publishedAt', 'desc').orderBy('id', 'desc').limit(limit)
    })
  }
}
