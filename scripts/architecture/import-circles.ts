import { resolveRelative } from './layer-map.ts'
import type { CheckedFile, Violation } from './violation.ts'

interface Edge {
  readonly to: string
  readonly line: number
}

type Graph = ReadonlyMap<string, readonly Edge[]>

/** One violation for each group of files that import one another, showing a shortest way round. */
export function checkCircles(files: readonly CheckedFile[]): readonly Violation[] {
  const graph = importGraph(files)
  const violations: Violation[] = []
  const seen = new Set<string>()
  for (const path of graph.keys()) {
    if (seen.has(path)) continue
    const circle = shortestCircle(path, graph)
    if (circle === null) continue
    for (const member of membersOf(path, graph)) seen.add(member)
    violations.push(circleViolation(circle))
  }
  return violations
}

function importGraph(files: readonly CheckedFile[]): Graph {
  const known = new Set(files.map((file) => file.place.path))
  return new Map(files.map((file) => [file.place.path, edgesOf(file, known)]))
}

function edgesOf({ place, facts }: CheckedFile, known: ReadonlySet<string>): readonly Edge[] {
  return facts.imports.flatMap(({ specifier, line }) => {
    const to = resolveRelative(place.path, specifier)
    return to !== null && known.has(to) ? [{ to, line }] : []
  })
}

/** Edges from the start back to itself, fewest first found, or null. */
function shortestCircle(start: string, graph: Graph): readonly (Edge & { readonly from: string })[] | null {
  const cameBy = new Map<string, Edge & { readonly from: string }>()
  const queue = [start]
  for (const from of queue) {
    for (const edge of graph.get(from) ?? []) {
      if (cameBy.has(edge.to)) continue
      cameBy.set(edge.to, { ...edge, from })
      if (edge.to === start) return wayBack(start, cameBy)
      queue.push(edge.to)
    }
  }
  return null
}

function wayBack<Step extends { readonly from: string }>(
  start: string,
  cameBy: ReadonlyMap<string, Step>,
): readonly Step[] {
  const steps: Step[] = []
  let at = start
  do {
    const step = cameBy.get(at)
    if (step === undefined) break
    steps.unshift(step)
    at = step.from
  } while (at !== start)
  return steps
}

/** The files that lie on some circle with the start: reachable from it, and reaching it. */
function membersOf(start: string, graph: Graph): readonly string[] {
  const reversed = new Map<string, Edge[]>()
  for (const [from, edges] of graph) {
    for (const { to, line } of edges) reversed.set(to, [...(reversed.get(to) ?? []), { to: from, line }])
  }
  const backwards = reachable(start, reversed)
  return [...reachable(start, graph)].filter((path) => backwards.has(path))
}

function reachable(start: string, graph: Graph): ReadonlySet<string> {
  const found = new Set([start])
  for (const path of found) {
    for (const { to } of graph.get(path) ?? []) found.add(to)
  }
  return found
}

function circleViolation(circle: readonly (Edge & { readonly from: string })[]): Violation {
  const [first] = circle
  const path = first?.from ?? ''
  return {
    rule: 'import-circle',
    path,
    line: first?.line ?? 1,
    found: [path, ...circle.map((edge) => edge.to)].join(' → '),
    why: 'Files in a circle cannot be read, tested or loaded one before the other; types count as values do.',
    remedy: 'Move what both need into a file that imports neither.',
  }
}
