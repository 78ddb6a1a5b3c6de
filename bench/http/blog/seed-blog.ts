import { openDatabase, actingAs, unscoped } from 'terrace/database'
import { AccountService } from '../../../apps/blog/src/user/account.service.ts'
import { models } from '../../../apps/blog/src/models.ts'
import { PostService } from '../../../apps/blog/src/post/post.service.ts'

/** An access token, and posts to read and to comment. */
export interface SeededBlog {
  readonly token: string
  readonly postIds: readonly string[]
}

const posts = 200
const password = 'correct horse battery staple'

/** An author with 200 posts of two tags each, which come with the tables. The secret that signs the token is in the environment of all servers. */
export async function seedBlog(databaseUrl: string): Promise<SeededBlog> {
  const db = await openDatabase(databaseUrl, { models })
  try {
    const email = 'ada@example.com'
    const registration = { email, password, displayName: 'Ada' }
    const user = await db.session(unscoped('seed'), (session) => session.use(AccountService).register(registration))
    const ada = actingAs(models.User, user.id, { roles: ['author'] })
    const postIds: string[] = []
    for (let at = 0; at < posts; at += 1) {
      const text = { title: `Post ${at}`, slug: `post-${at}`, body: `${'Water runs one way. '.repeat(50)} ${at}` }
      postIds.push(
        await db.session(ada, async (session) => {
          const { id } = await session.use(PostService).create({ ...text, excerpt: at % 10 === 0 ? 'terraces' : null })
          await session.use(PostService).tag(id, [1, 2])
          return id
        }),
      )
    }
    const login = await db.session(unscoped('seed'), (session) =>
      session.use(AccountService).login({ email, password }),
    )
    return { token: login.accessToken, postIds }
  } finally {
    await db.close()
  }
}
