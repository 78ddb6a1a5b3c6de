import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommentService } from '../src/comment/comment.service.ts'
import { DraftService } from '../src/draft/draft.service.ts'
import { PostService } from '../src/post/post.service.ts'
import { PostTagDao } from '../src/tag/tag.dao.ts'
import { TagService } from '../src/tag/tag.service.ts'
import { people, text } from './support/people.ts'
import type { As, People } from './support/people.ts'

type Account = Awaited<ReturnType<People['account']>>

let blog: People
let ada: Account
let bob: Account

beforeEach(async () => {
  blog = await people({ seeds: true })
  ada = await blog.account('author')
  bob = await blog.account('author')
})
afterEach(() => blog.database.close())

const drafted = (as: As, slug = 'first'): Promise<string> =>
  as(async (session) => (await session.use(DraftService).create(text(slug))).id)

async function published(as: As, slug = 'first'): Promise<string> {
  const id = await drafted(as, slug)
  await as((session) => session.use(DraftService).publish(id))
  return id
}

const postsSeen = (as: As): Promise<readonly string[]> =>
  as(async (session) => (await session.use(PostService).list({ sort: ['slug'] })).rows.map(({ slug }) => slug))
const draftsSeen = (as: As): Promise<readonly string[]> =>
  as(async (session) => (await session.use(DraftService).list({ sort: ['slug'] })).rows.map(({ slug }) => slug))

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    ({ code }: { readonly code: string }) => code,
  )

describe('publishing', () => {
  it('moves a draft to the posts under its own id, for everybody to read', async () => {
    const id = await drafted(ada)
    expect([await draftsSeen(ada), await draftsSeen(bob), await postsSeen(ada)]).toEqual([['first'], [], []])
    const post = await ada((session) => session.use(DraftService).publish(id))
    expect(post).toMatchObject({ id, ...text('first'), userId: ada.id, areCommentsOpen: true, version: 1 })
    expect([await draftsSeen(ada), await postsSeen(bob), await postsSeen(blog.nobody)]).toEqual([
      [],
      ['first'],
      ['first'],
    ])
  })

  it('is undone with everything that belongs to it, and done again under the same id with its comments', async () => {
    const id = await published(ada)
    await bob((session) => session.use(CommentService).create({ postId: id, body: 'Well said.' }))
    const comments = (): Promise<number> =>
      blog.nobody(async (session) => (await session.use(CommentService).list()).rows.length)
    expect(await comments()).toBe(1)
    await ada((session) => session.use(PostService).update(id, { title: 'Better' }))
    await ada((session) => session.use(PostService).unpublish(id))
    expect([await comments(), await postsSeen(blog.nobody), await draftsSeen(ada)]).toEqual([0, [], ['first']])
    expect(await ada((session) => session.use(DraftService).get(id))).toMatchObject({ title: 'Better' })
    await ada((session) => session.use(DraftService).update(id, { title: 'Best' }))
    const post = await ada((session) => session.use(DraftService).publish(id))
    expect(post).toMatchObject({ id, title: 'Best', userId: ada.id })
    expect(await comments()).toBe(1)
  })

  it('is refused to everybody else, as of a draft that is not there', async () => {
    const [draft, post] = [await drafted(ada, 'hidden'), await published(ada, 'shown')]
    expect(await refusal(bob((session) => session.use(DraftService).publish(draft)))).toBe('NOT_FOUND')
    expect(await refusal(bob((session) => session.use(PostService).unpublish(post)))).toBe('FORBIDDEN')
    expect(await refusal(ada((session) => session.use(DraftService).publish(post)))).toBe('NOT_FOUND')
    expect(await refusal(ada((session) => session.use(PostService).unpublish(draft)))).toBe('NOT_FOUND')
  })

  it('leaves the draft where it is when the address is taken', async () => {
    await published(bob, 'taken')
    const id = await drafted(ada, 'taken')
    await expect(ada((session) => session.use(DraftService).publish(id))).rejects.toMatchObject({
      code: 'UNIQUE',
      fields: ['slug'],
    })
    expect(await draftsSeen(ada)).toEqual(['taken'])
  })

  it('keeps the draft of a published post in the trash', async () => {
    const id = await published(ada)
    expect(await refusal(ada((session) => session.use(DraftService).restore(id)))).toBe('POST_PUBLISHED')
    const other = await drafted(ada, 'other')
    await ada((session) => session.use(DraftService).delete(other))
    expect(await ada((session) => session.use(DraftService).restore(other))).toMatchObject({ slug: 'other' })
  })
})

describe('writing', () => {
  it('is for authors and admins', async () => {
    const reader = await blog.account('reader')
    const admin = await blog.account('admin')
    expect(await refusal(drafted(reader, 'mine'))).toBe('FORBIDDEN')
    expect(await refusal(published(admin, 'theirs'))).toBe('none')
  })

  it('is over for an author who becomes a reader', async () => {
    const id = await published(ada)
    const demoted = blog.acting(ada.id, 'reader')
    expect(await refusal(demoted((session) => session.use(PostService).update(id, { title: 'No' })))).toBe('FORBIDDEN')
  })

  it('of a post is for its author, whose stored row the policy sees', async () => {
    const id = await published(ada)
    expect(await refusal(bob((session) => session.use(PostService).update(id, { title: 'Mine' })))).toBe('FORBIDDEN')
    expect(await ada((session) => session.use(PostService).update(id, { title: 'Mine' }))).toMatchObject({ version: 2 })
  })

  it('raises the version by each change, and the time of publishing by none', async () => {
    const id = await published(ada)
    const before = await ada((session) => session.use(PostService).get(id))
    const after = await ada((session) => session.use(PostService).update(id, { excerpt: 'In short' }))
    expect(after).toEqual({ ...before, excerpt: 'In short', version: before.version + 1, updatedAt: after.updatedAt })
  })
})

describe('tags', () => {
  const slugs = (id: string): Promise<readonly string[]> =>
    blog.nobody(async (session) => {
      const { rows } = await session.use(PostTagDao).list({ where: { postId: id } })
      const tags = await session.use(TagService).list({ where: { id: { in: rows.map(({ tagId }) => tagId) } } })
      return tags.rows.map(({ slug }) => slug)
    })
  const idOf = (slug: string): Promise<number> =>
    blog.nobody(async (session) => (await session.use(TagService).at(slug)).id)

  it('are given to a post all at once, or not at all', async () => {
    const id = await published(ada)
    const [notes, databases] = [await idOf('notes'), await idOf('databases')]
    const tag = (as: As, ...ids: number[]) => as((session) => session.use(PostService).tag(id, ids))
    await tag(ada, notes, databases, notes)
    expect(await slugs(id)).toEqual(['databases', 'notes'])
    expect(await refusal(tag(ada, 404))).toBe('REFERENCE_MISSING')
    expect(await refusal(tag(bob))).toBe('FORBIDDEN')
    expect(await slugs(id)).toEqual(['databases', 'notes'])
    await tag(ada, databases)
    expect(await slugs(id)).toEqual(['databases'])
    await tag(ada)
    expect(await slugs(id)).toEqual([])
  })

  it('lead to the newest posts about them, which are those that are published', async () => {
    const notes = await idOf('notes')
    const ids = [await published(ada, 'one'), await published(bob, 'two'), await published(ada, 'three')]
    const owners = [ada, bob, ada]
    for (const [at, id] of ids.entries()) await owners[at]?.((session) => session.use(PostService).tag(id, [notes]))
    await published(ada, 'untagged')
    const feed = (page: { readonly before?: Date; readonly limit: number }): Promise<readonly string[]> =>
      blog.nobody(async (session) => {
        const posts = await session.use(PostService).feed('notes', { before: page.before, limit: page.limit })
        return posts.map(({ slug }) => slug)
      })
    expect(await feed({ limit: 10 })).toEqual(['three', 'two', 'one'])
    expect(await feed({ limit: 1 })).toEqual(['three'])
    expect(await feed({ limit: 10, before: new Date(0) })).toEqual([])
    await bob((session) => session.use(PostService).unpublish(ids[1] ?? ''))
    expect(await feed({ limit: 10 })).toEqual(['three', 'one'])
    expect(
      await refusal(
        blog.nobody((session) => session.use(PostService).feed('nothing', { before: undefined, limit: 1 })),
      ),
    ).toBe('NOT_FOUND')
  })

  it('are kept by admins', async () => {
    const admin = await blog.account('admin')
    const create = (as: As) => as((session) => session.use(TagService).create({ name: 'News', slug: 'news' }))
    expect(await refusal(create(ada))).toBe('FORBIDDEN')
    const { id } = await create(admin)
    const post = await published(ada)
    await ada((session) => session.use(PostService).tag(post, [id]))
    await admin((session) => session.use(TagService).delete(id))
    expect(await slugs(post)).toEqual([])
  })
})

describe('comments', () => {
  const comment = (as: As, postId: string) =>
    as((session) => session.use(CommentService).create({ postId, body: 'Well said.' }))

  it('are written by anybody with an account, under their public name, as long as the post is open', async () => {
    const reader = await blog.account('reader')
    const id = await published(ada)
    expect(await comment(reader, id)).toMatchObject({ postId: id, userId: reader.id, body: 'Well said.' })
    await ada((session) => session.use(PostService).update(id, { areCommentsOpen: false }))
    expect(await refusal(comment(reader, id))).toBe('COMMENTS_CLOSED')
  })

  it('cannot be written under a draft, which is no different from nothing', async () => {
    const id = await drafted(ada)
    const missing = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
    for (const postId of [id, missing]) expect(await refusal(comment(bob, postId))).toBe('NOT_FOUND')
  })

  it("are changed by their writer alone, and taken away by the post's author and by admins", async () => {
    const [reader, admin] = [await blog.account('reader'), await blog.account('admin')]
    const postId = await published(ada)
    const [one, two] = [await comment(reader, postId), await comment(reader, postId)]
    expect(await refusal(ada((session) => session.use(CommentService).update(one.id, { body: 'No' })))).toBe(
      'FORBIDDEN',
    )
    const moderate = (as: As, post: string, id: string) =>
      as((session) => session.use(CommentService).moderate(post, id))
    expect(await refusal(moderate(bob, postId, one.id))).toBe('FORBIDDEN')
    expect(await refusal(moderate(ada, await published(ada, 'second'), one.id))).toBe('NOT_FOUND')
    expect(await refusal(moderate(ada, postId, one.id))).toBe('none')
    expect(await refusal(moderate(ada, postId, one.id))).toBe('NOT_FOUND')
    expect(await refusal(moderate(admin, postId, two.id))).toBe('none')
  })
})
