import type { TestRequest } from '../test-client.ts'
import { RawBody } from './request-plan.ts'
import type { RequestPlan } from './request-plan.ts'
import type { RowPool } from './row-pool.ts'

/** A request as it is sent. */
export interface SentRequest extends TestRequest {
  readonly method: string
  readonly url: string
}

/** What a plan says, about rows that are there by now. */
export function requestOf(plan: RequestPlan, pool: RowPool, caller: Readonly<Record<string, string>>): SentRequest {
  const { operation, body, headers } = plan
  return {
    method: operation.method,
    url: `${pathOf(plan, pool)}${queryOf(plan, pool)}`,
    headers: { ...caller, ...headers },
    ...(body === undefined ? {} : { body: body instanceof RawBody ? body.text : JSON.stringify(pool.filled(body)) }),
  }
}

function pathOf({ operation, path, row }: RequestPlan, pool: RowPool): string {
  const known =
    row === null || operation.tag === null
      ? null
      : pool.pick(operation.tag, row, { deleted: isRestore(operation.path) })
  return operation.path.replace(/\{([^}]+)\}/g, (_whole, name: string) =>
    encoded(known !== null && name in known ? known[name] : pool.filled(path[name])),
  )
}

export function isRestore(path: string): boolean {
  return path.endsWith('/restore')
}

function queryOf({ query }: RequestPlan, pool: RowPool): string {
  const pairs = query.flatMap(([name, value]) => {
    const filled = pool.filled(value)
    return (Array.isArray(filled) ? filled : [filled]).map((item) => `${encoded(name)}=${encoded(item)}`)
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function encoded(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  return encodeURIComponent(text.toWellFormed())
}
