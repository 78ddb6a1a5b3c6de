/**
 * The known name that a misspelt one most likely means, or null when none is near: by letters changed, added, dropped or
 * swapped with their neighbour, without case, at most one for every three letters.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  let nearest: string | null = null
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    // Their lengths alone set them too far apart: whoever sends a megabyte as a name must not make it be compared.
    if (Math.abs(name.length - candidate.length) >= least) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    // All letters changed is another name, not a misspelling.
    if (distance < Math.min(least, Math.max(name.length, candidate.length))) [nearest, least] = [candidate, distance]
  }
  return nearest
}

/** Optimal string alignment distance (Damerau-Levenshtein without moves over an edited part). */
function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let at = 1; at <= to.length; at += 1) {
      const change = from[row - 1] === to[at - 1] ? 0 : 1
      const isSwap = row > 1 && at > 1 && from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1]
      const edits = [cell(last, at) + 1, cell(current, at - 1) + 1, cell(last, at - 1) + change]
      current.push(Math.min(...edits, isSwap ? cell(beforeLast, at - 2) + 1 : Infinity))
    }
    beforeLast = last
    last = current
  }
  return cell(last, to.length)
}

function cell(row: readonly number[], at: number): number {
  return row[at] ?? Infinity
}
