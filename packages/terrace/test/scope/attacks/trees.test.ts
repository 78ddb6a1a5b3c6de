import type { OperationNode, RootOperationNode } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { concat } from '../../../src/dao/index.ts'
import { executorOf, type Session } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { treeBuilder, type AnyDb, type AnyEb } from '../shop.ts'
import { byHand, openSecrets, outcome, type Opened } from './secrets.ts'

type Part = Record<string, unknown>

/** The tree with each of its objects as `change` gives it back, as a plugin could. */
function changed(tree: RootOperationNode, change: (part: Part) => Part): RootOperationNode {
  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy)
    if (typeof part !== 'object' || part === null) return part
    return change(Object.fromEntries(Object.entries(part).map(([key, value]) => [key, copy(value)])))
  }
  return copy(tree) as RootOperationNode
}

/** The property as these values, one after the other: the last one from then on. */
function unsteady(part: Part, key: string, values: readonly unknown[]): Part {
  let asked = 0
  return Object.defineProperty(part, key, {
    enumerable: true,
    get: () => values[Math.min(asked++, values.length - 1)],
  })
}

const ofKind = (kind: OperationNode['kind'], change: (part: Part) => Part) => (part: Part) =>
  part['kind'] === kind ? change(part) : part

const words: AnyDb = treeBuilder

describeEngines('X1, B12: a tree of statements that no builder made', (engine) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openSecrets(engine)
  }, 60_000)
  afterAll(() => opened?.db.close())

  const byBob = (tree: RootOperationNode): Promise<unknown> =>
    opened.as('bob', (session) =>
      outcome(async () => {
        const executor = executorOf(session)
        const options = { scope: executor.scope, deleted: 'without', byRule: false, stamps: executor } as const
        return (await executor.run(executor.compiler.compile(tree, options))).rows
      }),
    )

  test('brings no SQL in the place of NULLs', async () => {
    const tree = words.selectFrom('secrets').select('id').orderBy('size').toOperationNode()
    for (const nulls of [`first, (select 1 / (case when exists (select 1 from secrets) then 0 end))`, 'FIRST', 1]) {
      expect(
        await byBob(
          changed(
            tree,
            ofKind('OrderByItemNode', (item) => ({ ...item, nulls })),
          ),
        ),
      ).toBe('SCOPE_REFUSED')
    }
  })

  test('brings no SQL in a name that is no text', async () => {
    class Name extends String {
      override replace(): string {
        return 'id" from "secrets" --'
      }
    }
    const tree = words.selectFrom('words as w').select('w.id as x').toOperationNode()
    for (const known of ['words', 'w', 'x']) {
      const attack = changed(
        tree,
        ofKind('IdentifierNode', (part) => (part['name'] === known ? { ...part, name: new Name(known) } : part)),
      )
      expect(await byBob(attack)).toBe('SCOPE_REFUSED')
    }
  })

  test('is joined as its conditions stand, also where it says otherwise later', async () => {
    const tree = words
      .selectFrom('words')
      .leftJoin('secrets', (join) => join.on('secrets.size', '>=', 0))
      .select(['words.id as word', 'secrets.id as secret'])
      .toOperationNode()
    const own = [
      { word: 'one', secret: 'bob' },
      { word: 'two', secret: 'bob' },
    ]
    for (let asked = 1; asked < 4; asked += 1) {
      const types = [...Array.from({ length: asked }, () => 'LeftJoin'), 'RightJoin']
      expect(
        await byBob(
          changed(
            tree,
            ofKind('JoinNode', (join) => unsteady(join, 'joinType', types)),
          ),
        ),
      ).toEqual(own)
    }
  })

  test('calls what was looked up, also where it says otherwise later', async () => {
    const scalar = words.selectFrom('words').select((eb: AnyEb) => eb.fn('lower', ['id']).as('x'))
    const overRows = words.selectFrom('words').select((eb: AnyEb) => eb.fn.max('id').as('x'))
    const attack = '(select max(body) from secrets) || lower'
    for (let asked = 1; asked < 6; asked += 1) {
      const func = (part: Part) => {
        const known = part['func']
        return typeof known === 'string'
          ? unsteady(part, 'func', [...Array.from({ length: asked }, () => known), attack])
          : part
      }
      for (const tree of [scalar, overRows].map((query) => changed(query.toOperationNode(), func)))
        expect(JSON.stringify(await byBob(tree))).not.toContain('hidden')
    }
  })

  test('tells nothing by a text that grows too long for the engine', async () => {
    // 100,000 times as long, twice: more than any engine holds, of each row of somebody else that begins with an h.
    const grown = 'h'.repeat(100_000)
    const growing = (eb: AnyEb) =>
      eb.fn('replace', [eb.fn('replace', ['body', eb.val('h'), eb.val(grown)]), eb.val('h'), eb.val(grown)])
    const found = opened.as('bob', (session: Session) =>
      outcome(() =>
        byHand(session)
          .selectFrom('pages')
          .select('id')
          .where((eb: AnyEb) => eb(growing(eb), '!=', eb.val('x')))
          .where((eb: AnyEb) => eb(concat(eb.ref('body'), 'x'), '!=', eb.val('x')))
          .execute(),
      ),
    )
    expect(await found).toEqual([{ id: 'bob' }])
  })
})
