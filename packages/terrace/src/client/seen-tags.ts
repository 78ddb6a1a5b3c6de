const changing: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE'])
const most = 1_000

/** The state of each row that was last seen, by its URL: the rows last seen, at most 1,000. */
export class SeenTags {
  readonly #tags = new Map<string, string>()

  /** Asks for the state that was seen, so that a change of somebody else since is refused (412) and not overwritten. */
  expect(request: Request): void {
    const tag = this.#tags.get(placeOf(request.url))
    const isAsked = request.headers.has('if-match') || request.headers.has('if-none-match')
    if (tag !== undefined && changing.has(request.method) && !isAsked) request.headers.set('if-match', tag)
  }

  remember(request: Request, response: Response): void {
    if (!response.ok && response.status !== 404) return
    const place = placeOf(placeAnswered(request, response))
    if (response.status === 404 || request.method === 'DELETE') return void this.#tags.delete(place)
    const tag = response.headers.get('etag')
    // A weak one says nothing of the state, and no `If-Match` has it.
    if (tag === null || tag.startsWith('W/')) return
    this.#tags.delete(place)
    this.#tags.set(place, tag)
    for (const oldest of this.#tags.keys()) {
      if (this.#tags.size <= most) return
      this.#tags.delete(oldest)
    }
  }
}

/** Of what was made, where it is. */
function placeAnswered({ method, url }: Request, { headers, status }: Response): string {
  const location = headers.get('location')
  return method === 'POST' && status === 201 && location !== null ? new URL(location, url).href : url
}

function placeOf(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}
