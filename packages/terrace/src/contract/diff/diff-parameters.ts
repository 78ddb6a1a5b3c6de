import { resolved } from '../api-document.ts'
import type { ApiDocument, Operation, Parameter } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import { comparingFor, type Documents } from './comparing.ts'
import { diffSchemas } from './diff-schemas.ts'

/** By place and name; those of a path by their order, for only that is on the wire. */
export function diffParameters(
  one: Operation,
  other: Operation,
  where: string,
  documents: Documents,
): readonly ApiChange[] {
  const before = keyed(one, documents.before)
  const now = keyed(other, documents.now)
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((key) => {
    const [old, current] = [before.get(key), now.get(key)]
    const place = `${where}, ${placeOf(current ?? (old as Parameter))}`
    if (old === undefined)
      return [changeOf(current?.required === true ? 'parameter-required' : 'parameter-added', place)]
    if (current === undefined) return [changeOf('parameter-removed', place)]
    return diffParameter(old, current, place, documents)
  })
}

function diffParameter(old: Parameter, now: Parameter, where: string, documents: Documents): readonly ApiChange[] {
  const isRequired = ({ required = false }: Parameter): boolean => required
  const renamed = old.name !== now.name
  const isReadOtherwise = styleOf(old) !== styleOf(now)
  return [
    ...(renamed ? [changeOf('path-parameter-renamed', where, { was: old.name, is: now.name })] : []),
    ...(isRequired(old) === isRequired(now)
      ? []
      : [changeOf(isRequired(now) ? 'parameter-required' : 'parameter-optional', where)]),
    ...(isReadOtherwise ? [changeOf('parameter-style', where, { was: styleOf(old), is: styleOf(now) })] : []),
    ...diffSchemas(old.schema ?? {}, now.schema ?? {}, where, comparingFor(documents, 'request')),
  ]
}

/** Source: OpenAPI 3.1, "Style Values": lists of a query are repeated where nothing is said. */
function styleOf({ in: place, style, explode }: Parameter): string {
  const known = style ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  return `${known}${(explode ?? known === 'form') ? ', exploded' : ''}`
}

function keyed({ parameters = [] }: Operation, document: ApiDocument): ReadonlyMap<string, Parameter> {
  const found = parameters.map((each) => resolved<Parameter>(document, each)).filter((each) => each !== null)
  const ofPath = found.filter((each) => each.in === 'path')
  return new Map(
    found.map((each) => {
      if (each.in === 'path') return [`path ${ofPath.indexOf(each)}`, each]
      return [`${each.in} ${each.in === 'header' ? each.name.toLowerCase() : each.name}`, each]
    }),
  )
}

function placeOf({ in: place, name }: Parameter): string {
  return `${place} ${name}`
}
