import { createApp } from 'terrace/app'
import type { AppOptions } from 'terrace/app'
import { group, problem, publicAccess } from 'terrace/http'
import { authors } from './author/author.router.ts'
import { comments, commentPost, commentsOfPost, moderate, ownComments } from './comment/comment.router.ts'
import { allDrafts, drafts, publish } from './draft/draft.router.ts'
import { errors } from './errors.ts'
import { models } from './models.ts'
import { feed, ownPosts, posts, tagPost, unpublish } from './post/post.router.ts'
import { previewsOfPost } from './preview/preview.router.ts'
import { appSettings } from './settings.ts'
import { keptTags, tags } from './tag/tag.router.ts'
import { account, accounts, entrance, ownAccount } from './user/user.router.ts'

const readers = publicAccess('what is published is for everybody')

/** Everything that the Blog is, as it is declared. */
export const appOptions: AppOptions = {
  title: 'Blog API',
  version: '1.0.0',
  info: {
    description:
      'Posts, their comments and what they are about. Everybody reads; whoever has an account comments; authors write.',
    contact: { name: 'Blog', url: 'https://example.com/blog' },
    license: { name: 'MIT', identifier: 'MIT' },
  },
  models,
  settings: appSettings,
  responses: problem,
  errors,
  routes: [
    group({ prefix: '/v1' }, [
      ...entrance,
      group({ auth: readers }, [posts, feed, previewsOfPost, comments, commentsOfPost, authors, tags]),
      group({ auth: account }, [
        ownAccount,
        drafts,
        publish,
        ownPosts,
        unpublish,
        tagPost,
        commentPost,
        ownComments,
        moderate,
        group({ roles: ['admin'] }, [...accounts, allDrafts, keptTags]),
      ]),
    ]),
  ],
}

export const app = createApp(appOptions)
