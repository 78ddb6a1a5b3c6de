import { errors, issueText } from '../../errors/index.ts'
import type { Issue, TerraceError } from '../../errors/index.ts'
import type { QueryTexts } from '../query-string.ts'
import { queryIssue, repeated } from '../query-values.ts'

/** One query being read: what was sent, and what was found wrong with its values so far. */
export interface QueryReading {
  readonly texts: QueryTexts
  readonly issues: Issue[]
}

/** The only value of a name; null where there is none, or more than one, which is an issue. */
export function single({ texts, issues }: QueryReading, name: string): string | null {
  const values = texts.get(name) ?? []
  if (values.length > 1) issues.push(repeated(name))
  return values.length === 1 ? (values[0] as string) : null
}

/** A value that names something hidden, unreadable or unknown: nobody can tell which. */
export function unknownValue(name: string, what: string, known: Iterable<string>): TerraceError {
  const list = [...known].join(', ') || 'none'
  return errors.UNKNOWN_QUERY({
    issues: [queryIssue(name, issueText('namesUnknown', { what, known: list }))],
  })
}

/** A pattern of names joined by commas, each with what may stand around it. */
export function namesPattern(names: readonly string[], { before = '', after = '' } = {}): string {
  const one = `${before}(${names.map(escaped).join('|')})${after}`
  return `^${one}(,${one})*$`
}

// A hyphen needs no escape outside of brackets, and may have none where a pattern is read as Unicode, as JSON Schema reads it.
function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}
