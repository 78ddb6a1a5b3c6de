import { isBareName } from './bare-names.ts'

// Texts, quoted names, names, numbers, `::`, anything else; a dollar sign begins no name.
const tokens = /[eE]?'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\d[\d.eE]*|::|\s+|./gsu

/** A column's new name where it had the old one, in an expression as PostgreSQL prints it: texts, types and functions are none. */
export function renameInExpression(expression: string, from: string, to: string): string {
  const all = expression.match(tokens) ?? []
  const typed = typeTokens(all)
  return all.map((token, at) => (isColumn(all, at, from) && !typed.has(at) ? printedName(to) : token)).join('')
}

function printedName(name: string): string {
  return isBareName(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function isColumn(all: readonly string[], at: number, name: string): boolean {
  const token = all[at] ?? ''
  const isNamed = token === name || token === `"${name.replaceAll('"', '""')}"`
  const isName = token.startsWith('"') || /^[\p{L}_]/u.test(token)
  if (!isNamed || !isName || token.startsWith("'")) return false
  const [before, after] = [neighbour(all, at, -1), neighbour(all, at, 1)]
  // A function's name; what EXTRACT takes out of a time; a collation; a part of a longer name.
  if (after === '(' && !token.startsWith('"')) return false
  if (before === '(' && /^extract$/i.test(neighbour(all, at, -2))) return false
  return !/^collate$/i.test(before) && before !== '.' && after !== '.'
}

/** The next token but spaces, so many places away. */
function neighbour(all: readonly string[], at: number, distance: number): string {
  const step = Math.sign(distance)
  let left = Math.abs(distance)
  for (let place = at + step; place >= 0 && place < all.length; place += step) {
    if (/^\s/.test(all[place] ?? '')) continue
    left -= 1
    if (left === 0) return all[place] ?? ''
  }
  return ''
}

// The words of types that have several, by the one that they follow.
const longer: Readonly<Record<string, RegExp>> = {
  character: /^varying$/,
  bit: /^varying$/,
  double: /^precision$/,
  timestamp: /^(with|without|time|zone)$/,
  time: /^(with|without|time|zone)$/,
  interval: /^(year|month|day|hour|minute|second|to)$/i,
}

/** The places of what stands behind `::`. */
function typeTokens(all: readonly string[]): ReadonlySet<number> {
  const places = new Set<number>()
  for (const [at, token] of all.entries()) {
    if (token !== '::') continue
    const first = at + 1
    places.add(first)
    const rest = longer[all[first] ?? '']
    if (rest === undefined) continue
    for (let place = first + 1; place < all.length; place += 1) {
      const next = all[place] ?? ''
      const isSize = /^[\s(),\d]+$/.test(next)
      if (!isSize && !rest.test(next)) break
      places.add(place)
    }
  }
  return places
}
