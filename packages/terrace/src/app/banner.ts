import type { App } from './create-app.ts'

export interface BannerFacts {
  readonly url: string
  /** Null where there is no such page. */
  readonly docsUrl: string | null
  /** The database in words, without a password. */
  readonly database: string
  /** What was done to the structure. */
  readonly structure: string
  /** Lines of the app's own. */
  readonly greeting: readonly string[]
}

/** What a terminal shows once the app answers. */
export function bannerOf(
  { title, version, routes }: App,
  { url, docsUrl, database, structure, greeting }: BannerFacts,
): string {
  const name = title === '' ? version : `${title} ${version}`
  const head = ['terrace', name, database, structure].join('  ·  ')
  const bases = basePaths(routes.map((route) => route.path)).map((path) => `API      ${url}${path}`)
  const docs = docsUrl === null ? [] : [`Docs     ${docsUrl}`]
  return ['', head, ...bases, ...docs, `Health   ${url}/healthz`, ...greeting, '']
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n')
}

/** The first segments of all paths: `/v1`. */
function basePaths(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => `/${path.split('/')[1] ?? ''}`))]
}
