import type { Mutant, Site } from './mutant.ts'
import { lineAt } from './syntax.ts'

/** The function that instrumented code asks whether a mutant is switched on. */
const switchName = '__terraceMutant'

/** In a process that tries no mutants all are off. */
const prologue = `const ${switchName}=globalThis.${switchName}??(()=>false);`

export interface Instrumented {
  readonly text: string
  readonly mutants: readonly Mutant[]
}

interface Numbered {
  readonly site: Site
  readonly firstId: number
}

/** A file with all its mutants in it, each behind a switch, on the lines where they were. Numbers start at `firstId`. */
export function instrumented(file: string, text: string, sites: readonly Site[], firstId: number): Instrumented {
  const numbered: Numbered[] = []
  const mutants: Mutant[] = []
  let id = firstId
  for (const site of sites) {
    numbered.push({ site, firstId: id })
    for (const change of site.changes) {
      const source = oneLine(text.slice(site.start, site.end))
      const becomes = change.text === '' ? '(nothing)' : oneLine(change.text)
      mutants.push({
        id,
        file,
        line: lineAt(text, site.start),
        within: site.within,
        kind: change.kind,
        role: change.role ?? 'decision',
        source,
        becomes,
      })
      id += 1
    }
  }
  return { text: prologue + rewritten(text, numbered, 0, text.length), mutants }
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** `sites` are sorted, outer ones before those inside them. */
function rewritten(text: string, sites: readonly Numbered[], start: number, end: number): string {
  let result = ''
  let at = start
  for (let index = 0; index < sites.length;) {
    const current = sites[index] as Numbered
    const { site } = current
    const insideUntil = sites.findIndex((other, other_at) => other_at > index && other.site.start >= site.end)
    const next = insideUntil === -1 ? sites.length : insideUntil
    const original = rewritten(text, sites.slice(index + 1, next), site.start, site.end)
    result += text.slice(at, site.start) + wrapped(current, original)
    at = site.end
    index = next
  }
  return result + text.slice(at, end)
}

function wrapped({ site, firstId }: Numbered, original: string): string {
  return forms[site.form](
    original,
    site.changes.map(({ text }, at) => ({ asks: `${switchName}(${firstId + at})`, text: text.replaceAll('\n', ' ') })),
  )
}

interface Switched {
  readonly asks: string
  readonly text: string
}

type Wrap = (original: string, switched: readonly Switched[]) => string

/** A statement begins with a brace: with a parenthesis it would continue the line above. */
const forms: Readonly<Record<Site['form'], Wrap>> = {
  expression: (original, switched) =>
    `(${switched.map(({ asks, text }) => `${asks}?(${text}):`).join('')}(${original}))`,
  statement: (original, switched) => `{if(!${asked(switched)})${original}}`,
  element: (original, switched) =>
    `...(${asked(switched)}?[]:${original.startsWith('...') ? original.slice(3) : `[${original}]`})`,
  property: (original, switched) => `...(${asked(switched)}?{}:{${original}})`,
}

const asked = (switched: readonly Switched[]): string => switched.map(({ asks }) => asks).join('||')
