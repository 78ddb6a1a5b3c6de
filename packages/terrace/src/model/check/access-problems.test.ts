import { User, id, loose, refuses, two } from '../../../test/support/refusals.ts'
import { actor, integer, ownedThrough, owner, reference, shared, uuid } from '../index.ts'
import type { Models } from '../index.ts'

refuses('access', [
  [
    'a model that does not say who sees it',
    { User, Thing: loose('things', { id }) },
    "Thing: does not say who sees its rows, in a graph that has owners → Add owner(…), or access: ownedThrough('…'), memberOf(…), shared({ write: 'nobody' }) or actor()",
  ],
  [
    'two owners',
    { User, Thing: loose('things', { id, userId: owner(User), otherId: owner(User) }) },
    'Thing: has more than one owner: userId, otherId → Keep one owner() and make the others reference()',
  ],
  [
    'an owner and another rule',
    { User, Thing: loose('things', { id, userId: owner(User) }, { access: shared({ write: 'nobody' }) }) },
    'Thing: says twice who sees it: userId, access: shared → Keep one of them',
  ],
  [
    'an owner that is no actor',
    {
      Shop: loose('shops', { id }, { access: shared({ write: 'nobody' }) }),
      Thing: loose('things', { id, shopId: owner(loose('shops', { id })) }),
    },
    'Thing.shopId: is owned by Shop, which is no actor → Declare Shop with { access: actor() }',
  ],
  [
    'an actor with a composite key',
    { Pair: loose('pairs', two.columns, { access: actor() }) },
    'Pair: is an actor with a key of several columns → Give it a key of one column: a scope carries one value',
  ],
  [
    'a parent by an unknown column',
    { User, Thing: loose('things', { id, userId: reference(User) }, { access: ownedThrough('userID') }) },
    'Thing, ownedThrough(\'userID\'): Thing has no column "userID" → Write userId',
  ],
  [
    'a parent by a column that refers to nothing',
    { User, Thing: loose('things', { id, size: integer() }, { access: ownedThrough('size') }) },
    "Thing, ownedThrough('size'): size is no reference → Name the reference to the row that this one belongs to",
  ],
  [
    'a parent that may be missing',
    { User, Thing: loose('things', { id, userId: reference(User).nullable() }, { access: ownedThrough('userId') }) },
    "Thing, ownedThrough('userId'): userId may be null: a row without a parent would belong to nobody → Remove nullable()",
  ],
  [
    'a parent that nobody owns',
    {
      User,
      Food: loose('foods', { id }, { access: shared({ write: 'nobody' }) }),
      Thing: loose('things', { id, foodId: reference(loose('foods', { id })) }, { access: ownedThrough('foodId') }),
    },
    "Thing, ownedThrough('foodId'): leads to Food, which nobody owns → Name a reference that leads to an owner or a group",
  ],
  [
    'parents in a circle',
    {
      User,
      Thing: loose(
        'things',
        { id, parentId: reference('things', { key: uuid() }) },
        { access: ownedThrough('parentId') },
      ),
    },
    "Thing, ownedThrough('parentId'): goes in a circle: Thing → Thing → Let one of them have an owner",
  ],
  [
    'a parent too far from its owner',
    { User, ...chain(4) },
    "L4, ownedThrough('parentId'): is 4 levels from its owner: L4 → L3 → L2 → L1 → User → At most 3: give it or a parent an owner() of its own",
  ],
])

/** `depth` models, each owned through the one before, the first through the user. */
function chain(depth: number): Models {
  const models = Array.from({ length: depth }, (_, level) => {
    const parent = level === 0 ? 'users' : `l${level}`
    const options = { access: ownedThrough('parentId') }
    return [
      `L${level + 1}`,
      loose(`l${level + 1}`, { id, parentId: reference(parent, { key: uuid() }) }, options),
    ] as const
  })
  return Object.fromEntries(models)
}
