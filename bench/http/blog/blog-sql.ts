export type Row = Readonly<Record<string, unknown>>

const line = 'id, author_id, title, excerpt, slug, are_comments_open, published_at, version, created_at, updated_at'
const alive = 'deleted_at is null'
const has = '(instr(title_folded, ?) > 0 or instr(excerpt_folded, ?) > 0 or instr(body, ?) > 0)'
const paged = 'order by published_at desc, id limit ? offset ?'

/** What a careful author of a blog over SQLite writes. */
export const blogSql = {
  post: `select ${line}, body from posts where id = ? and ${alive}`,
  posts: `select ${line} from posts where ${alive} ${paged}`,
  count: `select count(*) as count from posts where ${alive}`,
  found: `select ${line} from posts where ${has} and ${alive} ${paged}`,
  foundCount: `select count(*) as count from posts where ${has} and ${alive}`,
  authors: (ids: string) => `select id, name, created_at, updated_at from authors where id in (${ids})`,
  links: (ids: string) => `select post_id, tag_id from post_tags where post_id in (${ids}) order by post_id, tag_id`,
  tags: (ids: string) => `select id, name, slug, created_at, updated_at from tags where id in (${ids})`,
  user: `select id, role from users where id = ? and is_active = 1 and exists (select 1 from refresh_tokens
    where id = ? and user_id = users.id and revoked_at is null and expires_at > ?)`,
  open: `select are_comments_open from posts where id = ? and ${alive}`,
  author: 'select id from authors where user_id = ?',
  comment: `insert into comments (id, post_id, user_id, author_id, body, created_at, updated_at)
    values (?, ?, ?, ?, ?, ?, ?)`,
} as const

const instant = (ms: unknown): string => new Date(Number(ms)).toISOString()
const times = (row: Row) => ({ createdAt: instant(row['created_at']), updatedAt: instant(row['updated_at']) })

export function toLine(row: Row) {
  return {
    id: row['id'],
    authorId: row['author_id'],
    title: row['title'],
    excerpt: row['excerpt'],
    slug: row['slug'],
    areCommentsOpen: row['are_comments_open'] === 1,
    publishedAt: instant(row['published_at']),
    version: row['version'],
    ...times(row),
  }
}

export const toPost = (row: Row) => ({ ...toLine(row), body: row['body'], status: 'published' })
export const toAuthor = (row: Row) => ({ id: row['id'], name: row['name'], ...times(row) })
export const toTag = (row: Row) => ({ ...toAuthor(row), slug: row['slug'] })
export const toComment = (row: Row) => ({
  id: String(row['id']),
  postId: row['post_id'],
  authorId: row['author_id'],
  body: row['body'],
  ...times(row),
})
