import { resolved } from '../api-document.ts'
import type { Header, Operation, Response } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import { comparingFor, type Documents } from './comparing.ts'
import { diffContents } from './diff-contents.ts'
import { diffSchemas } from './diff-schemas.ts'
import type { RuleName } from './rules.ts'

/** What may be answered, by status. */
export function diffResponses(
  one: Operation,
  other: Operation,
  where: string,
  documents: Documents,
): readonly ApiChange[] {
  const [before, now] = [one.responses ?? {}, other.responses ?? {}]
  const classes = new Set(Object.keys(before).map(classOf))
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted().flatMap((status) => {
    const place = `${where}, ${status}`
    const [old, current] = [before[status], now[status]]
    if (old === undefined) return [changeOf(addedRule(status, classes), place)]
    if (current === undefined) return [changeOf(isError(status) ? 'error-status-removed' : 'status-removed', place)]
    return diffResponse(resolved<Response>(documents.before, old), resolved<Response>(documents.now, current), place, {
      ...documents,
      status,
    })
  })
}

/** `default` is what stands for all that are not named. */
function addedRule(status: string, classes: ReadonlySet<string>): RuleName {
  const isKnown = isError(status) && (classes.has(classOf(status)) || classes.has('d'))
  return isKnown ? 'error-status-added' : 'status-added'
}

function classOf(status: string): string {
  return status.charAt(0)
}

function isError(status: string): boolean {
  return /^[45d]/.test(status)
}

interface Around extends Documents {
  readonly status: string
}

function diffResponse(
  one: Response | null,
  other: Response | null,
  where: string,
  { status, ...documents }: Around,
): readonly ApiChange[] {
  const comparing = comparingFor(documents, 'answer', isError(status))
  return [
    ...diffHeaders(one?.headers ?? {}, other?.headers ?? {}, where, documents),
    ...diffContents(one?.content ?? {}, other?.content ?? {}, where, comparing),
  ]
}

type Headers = NonNullable<Response['headers']>

function diffHeaders(before: Headers, now: Headers, where: string, documents: Documents): readonly ApiChange[] {
  const known = (headers: Headers, document: Documents['before']): ReadonlyMap<string, Header> =>
    new Map(
      Object.entries(headers).map(([name, header]) => [name.toLowerCase(), resolved<Header>(document, header) ?? {}]),
    )
  const [olds, currents] = [known(before, documents.before), known(now, documents.now)]
  return [...new Set([...olds.keys(), ...currents.keys()])].flatMap((name) => {
    const place = `${where}, header ${name}`
    const [old, current] = [olds.get(name), currents.get(name)]
    if (old === undefined) return [changeOf('header-added', place)]
    if (current === undefined) return [changeOf('header-removed', place)]
    const isLess = old.required === true && current.required !== true
    const schemas = diffSchemas(old.schema ?? {}, current.schema ?? {}, place, comparingFor(documents, 'answer'))
    return [...(isLess ? [changeOf('header-optional', place)] : []), ...schemas]
  })
}
