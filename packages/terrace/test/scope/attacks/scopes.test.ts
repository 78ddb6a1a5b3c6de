import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs, executorOf, unscoped, type Scope, type Session } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { byHand, models, openSecrets, outcome, Secrets, type Opened } from './secrets.ts'

/** Frozen, and yet another scope each time it is asked often enough. */
function unsteadyScope(
  asked: number,
  part: 'kind' | 'actor' | 'roles',
  [first, then]: readonly [unknown, unknown],
): Scope {
  let count = 0
  const plain = { kind: 'actor', actor: Object.freeze({ User: 'bob' }), roles: Object.freeze([]), reason: 'x' }
  const get = () => ((count += 1) <= asked ? first : then)
  return Object.freeze(Object.defineProperty(plain, part, { enumerable: true, get })) as unknown as Scope
}

const ids = async (session: Session): Promise<unknown> => (await session.use(Secrets).list()).rows.map(({ id }) => id)

describeEngines('X1: whose rows a session is for', (engine) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openSecrets(engine)
  }, 60_000)
  afterAll(() => opened?.db.close())

  const bob = <R>(work: (session: Session) => Promise<R>): Promise<R> => opened.as('bob', work)

  test('does not change with the object that it was given', async () => {
    const actors = [Object.freeze({ User: 'bob' }), Object.freeze({ User: 'ann' })] as const
    for (let asked = 1; asked < 12; asked += 1) {
      for (const scope of [
        () => unsteadyScope(asked, 'actor', actors),
        () => unsteadyScope(asked, 'kind', ['actor', 'unscoped']),
      ]) {
        const nested = await outcome(() => bob((session) => session.nested(ids, { scope: scope() })))
        expect([['bob'], 'SESSION_SCOPE_WIDENED', 'SCOPE_MISSING']).toContainEqual(nested)
      }
    }
  })

  test('is narrowed too by options that have the scope from their prototype', async () => {
    const options = Object.create({ scope: { kind: 'actor', actor: {}, roles: [] } }) as { scope: Scope }
    expect(await outcome(() => bob((session) => session.nested(ids, options)))).toBe('SCOPE_NO_OWNER')
  })

  test('cannot be put into a session from outside', async () => {
    const others = [unscoped('attack'), actingAs(models.User, 'ann')]
    for (const scope of others) {
      const seen = await bob(async (session) => {
        for (const target of [session, executorOf(session)]) {
          expect(() => Object.assign(target, { scope })).toThrow(TypeError)
          Object.defineProperty(target, 'scope', { value: scope, configurable: true })
        }
        const inside = await outcome(() => session.nested(ids))
        const outside = await outcome(() => ids(session))
        return [inside, outside]
      })
      expect(JSON.stringify(seen)).not.toContain('ann')
    }
  })

  test('a builder of an unscoped part, and what it compiled, run nothing once the part is over', async () => {
    const found = await bob(async (session) => {
      const { db, query } = await session.unscoped('test', async (inner) => {
        const builder = byHand(inner)
        return { db: builder, query: builder.selectFrom('secrets').select('id').compile() }
      })
      return [
        await outcome(() => db.selectFrom('secrets').select('id').execute()),
        await outcome(() => db.executeQuery(query)),
        await outcome(() => byHand(session).executeQuery(query)),
        await outcome(() =>
          byHand(session)
            .withoutPlugins()
            .executeQuery({ ...query }),
        ),
      ]
    })
    expect(found).toEqual(['SESSION_STATE', 'SESSION_STATE', 'SCOPE_FOREIGN_QUERY', 'SCOPE_FOREIGN_QUERY'])
  })
})
