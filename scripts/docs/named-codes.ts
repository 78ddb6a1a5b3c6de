/** What counts as the name of a code in texts that people and tests write. */
export interface KnownCodes {
  /** Terrace's own. */
  readonly registered: readonly string[]
  /** Those of single values, of examples and of tests: they may be named, and need not be. */
  readonly others: ReadonlySet<string>
}

/** Codes that a source of tests names in a text, a table or a pattern; one that it only makes (`errors.UNIQUE()`) is not among them. */
export function assertedCodes(source: string): ReadonlySet<string> {
  return new Set(
    [...withoutComments(source).matchAll(/(?<![\w.$])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?!\w|\(|: ?\{)/g)].map(String),
  )
}

/** `errors.X` and `code: 'X'` of tests: what can only be a code. */
export function claimedCodes(source: string): readonly string[] {
  const text = withoutComments(source)
  const patterns = [
    /["']?(?:code|errorCode|error_code)["']?: ["']([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["']/g,
    /\bcode\)\.toBe\(["']([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["']/g,
  ]
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = '']) => code))
}

/** Words of a page in the form of a code that begin as registered ones do: `SCOPE_…`, `MIGRATION_…`. */
export function namedInPage(page: string, registered: readonly string[]): readonly string[] {
  const first = (code: string): string => code.slice(0, code.indexOf('_'))
  const counts = Map.groupBy(
    registered.filter((code) => code.includes('_')),
    first,
  )
  const families = new Set([...counts].flatMap(([family, { length }]) => (length > 1 ? [family] : [])))
  const words = [...page.matchAll(/(?<![\w.$])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w|\*)/g)].map(String)
  return [...new Set([...words.filter((word) => families.has(first(word))), ...claimedCodes(page)])]
}

/** The keys of `defineErrors({ … })` in a source: what an app, an example or a test declares for itself. */
export function declaredCodes(source: string): readonly string[] {
  return [...source.matchAll(/^\s*([A-Z][A-Z0-9_]*): \{\s*kind: /gm)].map(([, code = '']) => code)
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
}
