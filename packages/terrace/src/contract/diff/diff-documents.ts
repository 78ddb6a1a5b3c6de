import { operationsOf, type ApiDocument, type Operation } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import { diffOperations } from './diff-operations.ts'

/**
 * What changed between two documents of one API, and which of it breaks clients that were written for the older one: those first, then in
 * the order of the paths. Pure; a document compared with itself has no change.
 *
 * ```ts
 * diffDocuments(before, now).filter(({ breaks }) => breaks)
 * // [{ rule: 'property-required', where: 'POST /v1/products, body /name', why: 'A request without it is refused', … }]
 * ```
 */
export function diffDocuments(before: ApiDocument, now: ApiDocument): readonly ApiChange[] {
  const [olds, currents] = [byCall(before), byCall(now)]
  const changes = [...new Set([...olds.keys(), ...currents.keys()])].flatMap((call) => {
    const [old, current] = [olds.get(call), currents.get(call)]
    const { where } = (current ?? old) as Called
    if (old === undefined) return [changeOf('operation-added', where)]
    if (current === undefined) return [changeOf('operation-removed', where)]
    return diffOperations(old.operation, current.operation, where, { before, now })
  })
  return [...changes.filter(({ breaks }) => breaks), ...changes.filter(({ breaks }) => !breaks)]
}

interface Called {
  readonly where: string
  readonly operation: Operation
}

/** By what a request is told apart by: its method, and its path whatever the names in it are. */
function byCall(document: ApiDocument): ReadonlyMap<string, Called> {
  return new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      operationsOf(document, item).map(([method, operation]) => {
        const where = `${method.toUpperCase()} ${path}`
        return [where.replaceAll(/\{[^}]*\}/g, '{}'), { where, operation }] as const
      }),
    ),
  )
}
