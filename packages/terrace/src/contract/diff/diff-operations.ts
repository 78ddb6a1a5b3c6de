import { resolved } from '../api-document.ts'
import type { Operation, RequestBody, Security } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import { comparingFor, type Documents } from './comparing.ts'
import { diffContents } from './diff-contents.ts'
import { diffParameters } from './diff-parameters.ts'
import { diffResponses } from './diff-responses.ts'
import { isSame } from './is-same.ts'

/** What differs of one method of one path. */
export function diffOperations(
  one: Operation,
  other: Operation,
  where: string,
  documents: Documents,
): readonly ApiChange[] {
  const renamed = one.operationId !== undefined && one.operationId !== other.operationId
  return [
    ...(other.deprecated === true && one.deprecated !== true ? [changeOf('operation-deprecated', where)] : []),
    ...(renamed ? [changeOf('operation-renamed', where, { was: one.operationId, is: other.operationId })] : []),
    ...diffSecurity(
      one.security ?? documents.before.security ?? [],
      other.security ?? documents.now.security ?? [],
      where,
    ),
    ...diffParameters(one, other, where, documents),
    ...diffBodies(one, other, where, documents),
    ...diffResponses(one, other, where, documents),
  ]
}

/** Alternatives, of which an empty one or none at all asks for nothing. */
function diffSecurity(before: Security, now: Security, where: string): readonly ApiChange[] {
  const isOpen = (security: Security): boolean =>
    security.length === 0 || security.some((schemes) => Object.keys(schemes).length === 0)
  if (isOpen(now)) return isOpen(before) ? [] : [changeOf('security-dropped', where, { was: namesOf(before) })]
  if (isOpen(before)) return [changeOf('security-added', where, { is: namesOf(now) })]
  const missing = before.filter((schemes) => !now.some((known) => isWithin(known, schemes)))
  const added = now.filter((schemes) => !before.some((known) => isSame(known, schemes)))
  return [
    ...missing.map((schemes) => changeOf('security-removed', where, { was: namesOf([schemes]), is: namesOf(now) })),
    ...(missing.length === 0 ? added : []).map((schemes) =>
      changeOf('security-alternative-added', where, { is: namesOf([schemes]) }),
    ),
  ]
}

/** Whether what is asked for is no more than what a client has. */
function isWithin(asked: Security[number], held: Security[number]): boolean {
  return Object.entries(asked).every(
    ([name, scopes]) => scopes.every((scope) => held[name]?.includes(scope)) && name in held,
  )
}

function namesOf(security: Security): string {
  return security.map((schemes) => Object.keys(schemes).join(' + ')).join(' or ')
}

function diffBodies(one: Operation, other: Operation, where: string, documents: Documents): readonly ApiChange[] {
  const place = `${where}, body`
  const before = one.requestBody === undefined ? null : resolved<RequestBody>(documents.before, one.requestBody)
  const now = other.requestBody === undefined ? null : resolved<RequestBody>(documents.now, other.requestBody)
  if (before === null)
    return now === null ? [] : [changeOf(now.required === true ? 'body-required' : 'body-added', place)]
  if (now === null) return [changeOf('body-removed', place)]
  const required =
    (before.required ?? false) === (now.required ?? false)
      ? []
      : [changeOf(now.required === true ? 'body-required' : 'body-optional', place)]
  return [...required, ...diffContents(before.content, now.content, place, comparingFor(documents, 'request'))]
}
