import { createHash } from 'node:crypto'
import { nowOf } from 'terrace/database'
import type { Session } from 'terrace/database'
import { UnavailableError, UpstreamError } from 'terrace/errors'
import type { Insert, Row } from 'terrace/model'
import type { models } from '../models.ts'
import { PostService } from '../post/post.service.ts'
import { linksIn } from './links-in.ts'
import { LinkPreviewDao } from './preview.dao.ts'
import type { PreviewDao } from './preview.source.ts'

type Preview = Row<typeof models.LinkPreview>
type Shown = Pick<Preview, 'url' | 'title' | 'description' | 'image'>
type Asked = Insert<typeof models.LinkPreview>

const dayMs = 86_400_000
/** A page that says nothing today may say something tomorrow morning. */
const emptyMs = 3_600_000

export interface PreviewSurroundings {
  readonly previews: PreviewDao
  /** Of the request: nobody's preview is waited for. */
  readonly signal: AbortSignal
}

/** What the pages say that a post links to: from the Blog's own rows as long as they are fresh, else from an API of others. */
export class PreviewService {
  readonly #session: Session
  readonly #previews: PreviewDao
  readonly #signal: AbortSignal

  constructor(session: Session, { previews, signal }: PreviewSurroundings) {
    this.#session = session
    this.#previews = previews
    this.#signal = signal
  }

  /**
   * In the order of the links, the first five. Where the API does not answer, what is known of old, or the address alone: a post is
   * read without previews too. `NOT_FOUND` for a post that is not there.
   */
  async ofPost(id: string): Promise<readonly Shown[]> {
    const { body } = await this.#session.use(PostService).get(id)
    const urls = linksIn(body)
    if (urls.length === 0) return []
    const known = await this.#known(urls)
    // All that is read is read by now, and nothing is written: while the API is asked, the request holds no connection.
    const asked = await Promise.all(urls.filter((url) => !this.#isFresh(known.get(url))).map((url) => this.#ask(url)))
    const fresh = asked.filter((preview) => preview !== null)
    await this.#keep(fresh)
    const all = new Map<string, Shown>([...known, ...fresh.map((preview) => [preview.url, shown(preview)] as const)])
    return urls.map((url) => all.get(url) ?? { url, title: null, description: null, image: null })
  }

  async #known(urls: readonly string[]): Promise<ReadonlyMap<string, Preview>> {
    const where = { urlHash: { in: urls.map(hashOf) } }
    const { rows } = await this.#session.use(LinkPreviewDao).list({ where, page: { limit: urls.length, offset: 0 } })
    return new Map(rows.map((row) => [row.url, row]))
  }

  #isFresh(preview: Preview | undefined): boolean {
    return preview !== undefined && preview.expiresAt > nowOf(this.#session)
  }

  async #ask(url: string): Promise<Asked | null> {
    try {
      const page = await this.#previews.preview({ query: { url } }, { signal: this.#signal })
      const isEmpty = page === null
      const expiresAt = new Date(nowOf(this.#session).getTime() + (isEmpty ? emptyMs : dayMs))
      const { title = null, description = null, image = null } = page ?? {}
      const said = { title: words(title, 300), description: words(description, 1_000), image: address(image) }
      return { urlHash: hashOf(url), url, ...said, expiresAt }
    } catch (error) {
      if (error instanceof UnavailableError || error instanceof UpstreamError) return null
      throw error
    }
  }

  /** In one order for all, so that two who keep the same previews wait for each other and not in a circle. */
  async #keep(previews: readonly Asked[]): Promise<void> {
    const dao = this.#session.use(LinkPreviewDao)
    for (const preview of previews.toSorted((a, b) => (a.urlHash < b.urlHash ? -1 : 1)))
      await dao.upsert(preview, { by: 'urlHash' })
  }
}

function hashOf(url: string): string {
  return createHash('sha256').update(url).digest('hex')
}

/** A text that fits, in one line; null for none. */
function words(text: string | null, most: number): string | null {
  const line = (text ?? '').replaceAll(/\s+/g, ' ').trim()
  return line === '' ? null : [...line].slice(0, most).join('')
}

/** Only what a reader can show as an image: an address of the web, and no script. */
function address(text: string | null): string | null {
  const url = text !== null && URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.href.length <= 2_000 ? url.href : null
}

function shown({ url, title = null, description = null, image = null }: Asked): Shown {
  return { url, title, description, image }
}
