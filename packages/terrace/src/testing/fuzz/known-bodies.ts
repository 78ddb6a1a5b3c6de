import type { RequestPlan } from './request-plan.ts'

type Body = Readonly<Record<string, unknown>>

const mostBodies = 20

/**
 * Bodies that succeeded. Rules between properties are in no schema, so that few bodies keep them by chance: one that did is worth
 * sending again, a little changed.
 */
export class KnownBodies {
  readonly #known = new Map<string, Body[]>()

  keep({ operation, body }: RequestPlan): void {
    if (!isBody(body)) return
    const known = this.#known.get(operation.operationId) ?? []
    this.#known.set(operation.operationId, [...known, body].slice(-mostBodies))
  }

  /** The plan, or the same with a known body in which one property is the plan's own. */
  tried(plan: RequestPlan): RequestPlan {
    const { operation, again, body } = plan
    const known = this.#known.get(operation.operationId) ?? []
    if (again === null || known.length === 0 || !isBody(body)) return plan
    const names = Object.keys(body)
    const changed = names[again % (names.length + 1)]
    const base = known[again % known.length] as Body
    return { ...plan, body: changed === undefined ? base : { ...base, [changed]: body[changed] } }
  }
}

function isBody(body: unknown): body is Body {
  return (
    typeof body === 'object' &&
    body !== null &&
    !Array.isArray(body) &&
    Object.getPrototypeOf(body) === Object.prototype
  )
}
