import { errors } from '../errors/index.ts'
import { requestOf } from './call/request-of.ts'
import { resultOf } from './call/result-of.ts'
import type { Operation, Operations } from './operation-types.ts'
import type { RemoteCalls } from './remote-dao.ts'
import type { RemoteSource } from './remote.ts'

/** What stands in for the answers of a source: JSON as it would send it, or a throw. */
export type StubAnswers<O extends Operations> = {
  readonly [K in keyof O]?: O[K] extends Operation<infer I> ? (input: I) => unknown : never
}

/** No request leaves, so any base will do. */
const base = new URL('https://stub.invalid')
const jsonDepth = 32

/**
 * Calls that are answered in this process, checked on both sides as those of an open source are. `null` is an answer 404 where the
 * operation takes one. `REMOTE_UNAVAILABLE` for operations without an answer.
 */
export function answeredCalls<O extends Operations>(source: RemoteSource<O>, answers: StubAnswers<O>): RemoteCalls {
  const { name, options } = source
  return {
    call: async (called, input) => {
      const operation = options.operations[called] as Operation
      const place = { source: name, operation: called }
      await requestOf(input, { base, headers: {}, operation, place })
      const answer = answers[called] as ((input: unknown) => unknown) | undefined
      if (answer === undefined)
        throw errors.REMOTE_UNAVAILABLE({ values: { ...place, reason: 'its stub has no answer' } })
      const json = await answer(input ?? {})
      const isMissing = json === null && operation.declaration.notFound === null
      const bytes = new TextEncoder().encode(json === undefined ? '' : JSON.stringify(json))
      return resultOf({ status: isMissing ? 404 : 200, headers: {}, bytes }, { operation, place, jsonDepth })
    },
  }
}
