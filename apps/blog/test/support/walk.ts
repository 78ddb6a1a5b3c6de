import { password } from './callers.ts'
import type { Transcript } from './transcript.ts'

type Row = { readonly id: string } & Readonly<Record<string, unknown>>

/** What only the terminal does: makes an account an admin. */
export type MakeAdmin = (email: string) => Promise<void>

/** From the first account to the last comment: everything that the Blog does, by an admin, two authors, a reader and nobody. */
export async function walk(transcript: Transcript, makeAdmin: MakeAdmin): Promise<void> {
  await register(transcript, makeAdmin)
  const { draft, other } = await write(transcript)
  await publish(transcript, { draft, other })
  await tag(transcript, draft)
  await read(transcript, draft)
  await comment(transcript, draft)
  await withdraw(transcript, draft)
  await keepAccounts(transcript)
}

async function register({ section, call }: Transcript, makeAdmin: MakeAdmin): Promise<void> {
  section('Accounts')
  for (const name of ['root', 'ada', 'bob'])
    await call(null, 'POST /v1/users', { email: `${name}@example.com`, password, displayName: name })
  await call(null, 'POST /v1/users', { email: 'ADA@example.com', password, displayName: 'Ada again' })
  await call(null, 'POST /v1/users', { email: 'ada', password: 'short', displayName: '', role: 'admin' })
  await call(null, 'POST /v1/auth/login', { email: 'ada@example.com', password: 'wrong password' })
  await makeAdmin('root@example.com')
  for (const name of ['root', 'ada', 'bob'])
    await call(name, 'POST /v1/auth/login', { email: `${name}@example.com`, password })
  await call('ada', 'GET /v1/auth/me')
  await call('ada', 'GET /v1/users/2')
  await call('ada', 'GET /v1/users/1')
  await call('ada', 'POST /v1/drafts', { title: 'Too early', slug: 'too-early', body: 'x' })
  await call('ada', 'PUT /v1/users/2/role', { role: 'admin' })
  await call('root', 'PUT /v1/users/2/role', { role: 'author' })
}

async function write({ section, call }: Transcript): Promise<{ readonly draft: string; readonly other: string }> {
  section('Drafts')
  const terraces = {
    title: 'On terraces',
    slug: 'on-terraces',
    body: 'Water runs *one* way.',
    excerpt: 'Why fields have walls',
  }
  const created = await call('ada', 'POST /v1/drafts', terraces)
  const { id: draft } = created.json as Row
  await call('ada', 'POST /v1/drafts', terraces)
  await call('ada', 'POST /v1/drafts', { ...terraces, slug: 'On Terraces', userId: 1, title: '' })
  const second = await call('ada', 'POST /v1/drafts', { title: 'Ähre 麦穗', slug: 'wheat', body: 'x' })
  const { id: other } = second.json as Row
  await call('ada', `PATCH /v1/drafts/${draft}`, { excerpt: null })
  await call('ada', 'GET /v1/drafts?sort=slug&fields=title,slug')
  for (const name of ['bob', 'root', null]) await call(name, `GET /v1/drafts/${draft}`)
  await call('root', 'GET /v1/admin/drafts?limit=1&offset=1')
  await call(null, 'GET /v1/posts')
  return { draft, other }
}

interface Drafts {
  readonly draft: string
  readonly other: string
}

async function publish({ section, call }: Transcript, { draft, other }: Drafts): Promise<void> {
  section('Publishing')
  await call('bob', `POST /v1/drafts/${draft}/publish`)
  await call('ada', `POST /v1/drafts/${draft}/publish`)
  await call('ada', `POST /v1/drafts/${draft}/publish`)
  await call('ada', `POST /v1/drafts/${draft}/restore`)
  await call('ada', `PATCH /v1/drafts/${other}`, { slug: 'on-terraces' })
  await call('ada', `POST /v1/drafts/${other}/publish`)
  await call('ada', `DELETE /v1/drafts/${other}`)
  await call('bob', 'POST /v1/drafts/bulk', { items: [{ title: 'One', slug: 'one', body: 'x' }] })
  const bulk = [
    { title: 'One', slug: 'one', body: 'x' },
    { title: 'Two', slug: 'one', body: 'x' },
  ]
  await call('ada', 'POST /v1/drafts/bulk', { items: bulk })
  await call('ada', `GET /v1/drafts`)
  await call('ada', `PATCH /v1/posts/${draft}`, { excerpt: 'Walls' })
  await call('ada', `PATCH /v1/posts/${draft}`, { excerpt: 'Water' }, { 'if-match': '"1"' })
  await call('bob', `PATCH /v1/posts/${draft}`, { excerpt: 'Mine' }, { 'if-match': '"1"' })
  await call('root', `PATCH /v1/posts/${draft}`, { excerpt: 'Mine' })
  await call('root', 'POST /v1/posts', { title: 'News', slug: 'news', body: 'At once.' })
  await call('root', 'POST /v1/posts', { title: 'News', slug: 'news', body: 'Again.' })
}

async function tag({ section, call }: Transcript, post: string): Promise<void> {
  section('Tags')
  await call(null, 'GET /v1/tags?fields=id,slug')
  await call('root', 'POST /v1/tags', { name: 'Farming', slug: 'farming' })
  await call('root', 'POST /v1/tags', { name: 'FARMING', slug: 'fields' })
  await call('ada', 'POST /v1/tags', { name: 'Mine', slug: 'mine' })
  await call('ada', `PUT /v1/posts/${post}/tags`, { tagIds: [1, 5, 1] })
  await call('ada', `PUT /v1/posts/${post}/tags`, { tagIds: [1, 99] })
  await call('bob', `PUT /v1/posts/${post}/tags`, { tagIds: [] })
}

async function read({ section, call }: Transcript, post: string): Promise<void> {
  section('Reading')
  await call(null, `GET /v1/posts/${post}`)
  await call(null, 'GET /v1/posts?include=author,postTags.tag&fields=slug,excerpt,version&sort=slug')
  await call(null, 'GET /v1/posts?title[contains]=terraces&fields=slug')
  await call(null, 'GET /v1/posts?q=Water%20TERRACES&fields=slug')
  await call(null, 'GET /v1/posts?q=nothing&fields=slug')
  await call(null, 'GET /v1/posts?postTags[some][tag][slug]=farming&fields=slug')
  await call(null, 'GET /v1/posts?userId=2')
  await call(null, 'GET /v1/tags/farming/feed')
  await call(null, 'GET /v1/tags/nothing/feed')
  await call(null, 'GET /v1/authors?include=posts&fields=name')
  await call(null, 'POST /v1/posts', {})
  await call(null, `DELETE /v1/posts/${post}`)
}

async function comment({ section, call }: Transcript, post: string): Promise<void> {
  section('Comments')
  const one = await call('bob', `POST /v1/posts/${post}/comments`, { body: 'Well said.' })
  const two = await call('root', `POST /v1/posts/${post}/comments`, { body: 'I know better.' })
  await call(null, `POST /v1/posts/${post}/comments`, { body: 'x' })
  await call('bob', `POST /v1/posts/${post}/comments`, { body: '', postId: post })
  const { id: bobs } = one.json as Row
  const { id: roots } = two.json as Row
  await call('bob', `PATCH /v1/comments/${bobs}`, { body: 'Very well said.' })
  await call('bob', `PATCH /v1/comments/${roots}`, { body: 'No' })
  await call('bob', `DELETE /v1/posts/${post}/comments/${roots}`)
  await call('ada', `DELETE /v1/posts/${post}/comments/${roots}`)
  await call(null, `GET /v1/posts/${post}/comments`)
  await call(null, `GET /v1/comments?postId=${post}&include=author&fields=body`)
  await call('ada', `PATCH /v1/posts/${post}`, { areCommentsOpen: false })
  await call('bob', `POST /v1/posts/${post}/comments`, { body: 'Too late' })
}

async function withdraw({ section, call }: Transcript, post: string): Promise<void> {
  section('Unpublishing')
  await call('bob', `POST /v1/posts/${post}/unpublish`)
  await call('ada', `POST /v1/posts/${post}/unpublish`)
  await call(null, `GET /v1/posts/${post}`)
  await call(null, `GET /v1/posts/${post}/comments`)
  await call(null, 'GET /v1/comments?include=post')
  await call(null, 'GET /v1/tags/farming/feed')
  await call('bob', `POST /v1/posts/${post}/comments`, { body: 'Anybody there?' })
  await call('ada', `POST /v1/drafts/${post}/publish`)
  await call(null, `GET /v1/posts/${post}/comments`)
}

async function keepAccounts({ section, call }: Transcript): Promise<void> {
  section('Keeping accounts')
  await call('root', 'GET /v1/users?sort=-id&fields=email,role,isActive')
  await call('bob', 'GET /v1/users')
  await call('bob', 'PATCH /v1/users/3', { displayName: 'Robert' })
  await call(null, 'GET /v1/authors?fields=name')
  await call('root', 'POST /v1/users/1/disable')
  await call('root', 'POST /v1/users/3/disable')
  await call('bob', 'GET /v1/auth/me')
  await call('root', 'PUT /v1/users/4/role', { role: 'author' })
}
