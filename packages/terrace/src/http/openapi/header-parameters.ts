import type { MountedRoute } from '../route-facts.ts'
import type { ParameterObject } from './openapi-types.ts'

const text = { type: 'string' } as const

/** Headers that say something to a route itself. */
export function headerParameters({
  method,
  tagged,
  precondition,
  idempotency,
}: MountedRoute): readonly ParameterObject[] {
  const isHeld = precondition === 'optional' || precondition === 'required'
  return [
    ...(method === 'GET' && tagged !== null ? [ifNoneMatch] : []),
    ...(isHeld ? [{ ...ifMatch, required: precondition === 'required' }] : []),
    ...(idempotency === null ? [] : [{ ...idempotencyKey, required: idempotency === 'required' }]),
  ]
}

const ifNoneMatch: ParameterObject = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body.',
  schema: text,
}

const idempotencyKey: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A key of your own for this request, such as a UUID. Sent again with the same key it is not carried out again: its first answer is given once more.',
  schema: { ...text, minLength: 1, maxLength: 257 },
}

const ifMatch: ParameterObject = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of the state that is to be changed, or several; `*` for any. Another state is answered 412.',
  schema: text,
}
