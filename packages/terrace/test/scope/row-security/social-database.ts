import { actingAs, openDatabase, type Database, type OpenDatabaseOptions } from '../../../src/connect/index.ts'
import { unscoped } from '../../../src/database/index.ts'
import { LineDao, NoteDao, PostDao, social, UserDao } from './social.ts'

export const ann = actingAs(social.User, 1)
export const ben = actingAs(social.User, 2)
export const everyRow = unscoped('test rows')

export function openSocial(url: string, options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
  return openDatabase(url, { models: social, rowLevelSecurity: true, ...options })
}

export interface SocialKeys {
  readonly post: string
  readonly note: string
}

/** Ann and Ben, each with a post, a note and a line in it; gives Ben's keys. */
export function fillSocial(db: Database): Promise<SocialKeys> {
  return db.session(everyRow, async (session) => {
    let keys: SocialKeys | undefined
    for (const [id, handle] of [
      [1, 'ann'],
      [2, 'ben'],
    ] as const) {
      await session.use(UserDao).create({ id, handle })
      const post = await session.use(PostDao).create({ userId: id, slug: `by ${handle}` } as never)
      const note = await session.use(NoteDao).create({ userId: id, body: `of ${handle}` } as never)
      await session.use(LineDao).create({ noteId: note.id, words: `of ${handle}` })
      keys = { post: post.id, note: note.id }
    }
    return keys as SocialKeys
  })
}
