import {
  appDatabase,
  authentication,
  bearer,
  dependency,
  requestSession,
  route,
  type RouteTree,
} from '../../src/http/index.ts'
import { everyone, type Session } from '../../src/database/index.ts'
import { endingErrors, Entries, labelled, said } from './entries.ts'
import type { Stage } from './stage.ts'

/** Ways that are about who asks, and about what a handler is given. */
export function guardedWays(stage: Stage): readonly RouteTree[] {
  const guest = authentication('guest', {
    scheme: bearer({ form: () => true }),
    verify: async ({ token, session }) => {
      await session.use(Entries).list({ page: { limit: 1, offset: 0 } })
      if (token === 'fails') throw new Error('a defect of the authentication')
      return token === 'guest' ? token : null
    },
    actor: () => ({}),
  })
  const common = { body: labelled, responses: { 200: said }, errors: [endingErrors.ENTRY_REFUSED] } as const
  const writing = async (entries: Entries, label: string) => {
    stage.begin(label)
    await entries.write(label)
    return { text: label }
  }

  const refusing = dependency('refusing', {
    needs: { session: requestSession },
    make: async ({ session }: { session: Session }) => {
      await session.use(Entries).write('written by a dependency that refuses')
      throw endingErrors.ENTRY_REFUSED()
    },
  })
  const untidy = dependency('untidy', { make: ({ onFinish }) => onFinish(() => Promise.reject(new Error('untidy'))) })
  const besides = dependency('besides', {
    needs: { db: appDatabase },
    make:
      ({ db }) =>
      (label: string) =>
        db.session(everyone, (session) => session.use(Entries).write(`${label} inner`)),
  })
  const readers = dependency('readers', {
    needs: { db: appDatabase, session: requestSession },
    make:
      ({ db, session }) =>
      (label: string) =>
        session.afterCommit(async () => {
          const write = (reading: Session) => reading.use(Entries).write(`${label} later`)
          await db.session(everyone, write, { readOnly: true })
        }),
  })

  return [
    route('POST /guarded', {
      ...common,
      summary: 'Asks who it is',
      auth: guest,
      use: { entries: Entries },
      handler: ({ body, use }) => writing(use.entries, body.label),
    }),
    route('POST /roles', {
      ...common,
      summary: 'Asks for a role',
      auth: guest,
      roles: ['keeper'],
      use: { entries: Entries },
      handler: ({ body, use }) => writing(use.entries, body.label),
    }),
    route('POST /dependency-refuses', {
      ...common,
      summary: 'Is given what cannot be made',
      use: { refusing, entries: Entries },
      handler: ({ body, use }) => writing(use.entries, body.label),
    }),
    route('POST /dependency-untidy', {
      ...common,
      summary: 'Is given what cannot be finished',
      use: { untidy, entries: Entries },
      handler: ({ body, use }) => writing(use.entries, body.label),
    }),
    route('POST /dependency-untidy-refuses', {
      ...common,
      summary: 'Refuses, with what cannot be finished',
      use: { untidy, entries: Entries },
      handler: async ({ body, use }) => {
        await writing(use.entries, body.label)
        throw endingErrors.ENTRY_REFUSED()
      },
    }),
    route('POST /session-besides', {
      ...common,
      summary: 'Opens another unit of work inside its own',
      use: { besides, entries: Entries },
      handler: async ({ body, use }) => {
        const answer = await writing(use.entries, body.label)
        await use.besides(body.label)
        return answer
      },
    }),
    route('POST /read-only-writes', {
      ...common,
      summary: 'Writes in a read-only session, after its own',
      use: { readers, entries: Entries },
      handler: ({ body, use }) => {
        use.readers(body.label)
        return writing(use.entries, body.label)
      },
    }),
  ]
}
