import { Type } from 'typebox'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import type { ActorKeys, Session } from '../database/index.ts'
import { read, shape } from '../dto/index.ts'
import { actor, graph, integer, model, text, timestamp, uuid } from '../model/index.ts'
import { content } from './content.ts'
import { caller, dependency } from './dependency.ts'
import type { Dependency } from './dependency.ts'
import { override } from './override.ts'
import { reply } from './reply.ts'
import { route } from './route.ts'

const Note = model(
  'notes',
  { id: uuid().primaryKey(), title: text().length(1, 9), secret: text().hidden() },
  { access: actor() },
)
const models = graph({ Note })

class Greeter {
  readonly session: Session
  constructor(session: Session) {
    this.session = session
  }
  greet(name: string): { readonly text: string } {
    return { text: name }
  }
}

route('POST /greet/:shelf/:id', {
  summary: 'Greet',
  params: shape({ shelf: integer(), id: uuid() }),
  query: shape({ since: timestamp().nullable() }),
  body: shape({ name: text().length(1, 9), times: integer().default(1) }),
  responses: { 200: shape({ text: text() }) },
  use: { greeter: Greeter },
  handler: ({ params, query, body, use, actor: asker }) => {
    expectTypeOf(params).toEqualTypeOf<{ readonly shelf: number; readonly id: string }>()
    expectTypeOf(query).toEqualTypeOf<{ readonly since?: Date | null }>()
    expectTypeOf(body).toEqualTypeOf<{ readonly name: string; readonly times: number }>()
    expectTypeOf(use.greeter).toEqualTypeOf<Greeter>()
    expectTypeOf(asker).toEqualTypeOf<ActorKeys>()
    return use.greeter.greet(body.name)
  },
})

route('GET /texts/:one/rest/:two', {
  summary: 'Parameters without a shape are texts',
  responses: { 204: null },
  handler: ({ params, body }) => {
    expectTypeOf(params).toEqualTypeOf<{ readonly one: string; readonly two: string }>()
    expectTypeOf(body).toEqualTypeOf<undefined>()
  },
})

// A row may have more than its projection shows, never less.
declare const row: { readonly id: string; readonly title: string; readonly secret: string }
route('GET /notes/first', { summary: 'The first', responses: { 200: read(models.Note) }, handler: () => row })
route('GET /notes/last', {
  summary: 'The last',
  responses: { 200: read(models.Note) },
  // @ts-expect-error `title` is missing
  handler: async () => ({ id: row.id }),
})

route('POST /notes', {
  summary: 'Two statuses are told apart by reply()',
  responses: { 200: read(models.Note), 201: shape({ id: uuid() }) },
  handler: async ({ actor: asker }) =>
    Object.keys(asker).length === 0 ? reply(201, { id: row.id }, { location: '/x' }) : reply(200, row),
})
route('POST /notes', {
  summary: 'Two',
  responses: { 200: read(models.Note), 201: read(models.Note) },
  // @ts-expect-error which of the two it is must be said
  handler: () => row,
})
// @ts-expect-error 202 is not declared
route('POST /notes', { summary: 'One', responses: { 200: read(models.Note) }, handler: () => reply(202, row) })
// Content is text, bytes, or either piece by piece.
route('GET /rows.csv', {
  summary: 'Rows',
  responses: { 200: content('text/csv') },
  handler: async function* () {
    yield 'a,b\n'
  },
})
route('GET /rows.pdf', {
  summary: 'Rows',
  responses: { 200: content('application/pdf') },
  handler: () => reply(200, new Uint8Array(1), { 'content-disposition': 'attachment' }),
})
// @ts-expect-error an object is no content
route('GET /rows.csv', { summary: 'Rows', responses: { 200: content('text/csv') }, handler: () => ({ rows: 1 }) })

// Foreign schemas: what is sent is their output, what is answered their input.
route('POST /foreign', {
  summary: 'Foreign',
  body: z.object({ at: z.iso.date().transform((day) => day.length) }),
  responses: { 200: Type.Object({ size: Type.Integer() }) },
  handler: ({ body }) => {
    expectTypeOf(body).toEqualTypeOf<{ at: number }>()
    return { size: body.at }
  },
})
route('POST /foreign', {
  summary: 'Foreign',
  responses: { 200: z.object({ size: z.number() }) },
  // @ts-expect-error of another type
  handler: () => ({ size: 'large' }),
})

// Dependencies: what they make is what is given, through chains and promises.
const count = dependency('count', { lifetime: 'app', make: async () => 1 })
const greeter = dependency('greeter', {
  needs: { count, greeter: Greeter, caller },
  make: ({ count: n, greeter: service, caller: who, onFinish }) => {
    expectTypeOf(n).toEqualTypeOf<number>()
    expectTypeOf(service).toEqualTypeOf<Greeter>()
    expectTypeOf(who.actor).toEqualTypeOf<ActorKeys>()
    onFinish(async () => undefined)
    return { greet: (name: string) => `${name} ${n}` }
  },
})
expectTypeOf(count).toEqualTypeOf<Dependency<number>>()
route('GET /greeting', {
  summary: 'Greets',
  responses: { 200: shape({ text: text() }) },
  use: { greeter, service: Greeter },
  handler: ({ use }) => {
    expectTypeOf(use.service).toEqualTypeOf<Greeter>()
    return { text: use.greeter.greet('you') }
  },
})
override(count, () => 2)
override(count, async () => 2)
// @ts-expect-error of another type
override(count, () => 'two')
// @ts-expect-error it needs no such thing
dependency('wrong', { needs: { count }, make: ({ other }) => other })

// @ts-expect-error not a method
route('FETCH /notes', { summary: 'None', responses: { 204: null }, handler: () => undefined })
