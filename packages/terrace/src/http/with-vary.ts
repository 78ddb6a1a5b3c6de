type Headers = Readonly<Record<string, string>>

/** The headers of an answer, whose `vary` adds to what the answer depends on already: one that replaced it would let a cache mix them up. */
export function withVary(headers: Headers, known: unknown): Headers {
  if (typeof known !== 'string') return headers
  const own = Object.keys(headers).filter((name) => name.toLowerCase() === 'vary')
  if (own.length === 0) return headers
  const others = Object.entries(headers).filter(([name]) => !own.includes(name))
  return { ...Object.fromEntries(others), vary: [known, ...own.map((name) => headers[name])].join(', ') }
}
