export interface SplitUrl {
  readonly path: string
  /** What stands behind the `?`. */
  readonly queryString: string
}

/** A request's target in its two parts, neither of them decoded. */
export function splitUrl(url: string): SplitUrl {
  const at = url.indexOf('?')
  return at === -1 ? { path: url, queryString: '' } : { path: url.slice(0, at), queryString: url.slice(at + 1) }
}
