import { answeredSchema } from '../../dto/index.ts'
import type { Shape } from '../../dto/index.ts'
import type { MountedRoute } from '../route-facts.ts'

/** A shape with a name, at one of the places where a route has it. */
export interface NamedShape {
  readonly name: string
  readonly direction: Direction
  /** Its schemas as texts, to tell shapes apart. */
  readonly sent: string
  readonly answered: string
}

/** What need not be sent is answered all the same, so one shape can have two schemas. */
export type Direction = 'sent' | 'answered'

/** Every shape with a name that a route takes or gives, those within others too. */
export function namedShapes({ body, responses }: MountedRoute): readonly NamedShape[] {
  const answered = Object.values(responses).flatMap((shape) =>
    shape === null || shape.kind === 'content' ? [] : namedIn(shape, 'answered'),
  )
  return [...(body === null ? [] : namedIn(body, 'sent')), ...answered]
}

function namedIn(shape: Shape, direction: Direction): readonly NamedShape[] {
  if (shape.kind === 'list') return namedIn(shape.item, direction)
  const { name } = shape
  const [sent, answered] = [JSON.stringify(shape.schema), JSON.stringify(answeredSchema(shape))]
  const own = name === null ? [] : [{ name, direction, sent, answered }]
  if (shape.kind === 'foreign') return own
  const fields = [...shape.fields.values()]
  return [...own, ...fields.flatMap((field) => (field.kind === 'nested' ? namedIn(field.shape, direction) : []))]
}
