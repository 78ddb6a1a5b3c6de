import {
  ann,
  annUser,
  ben,
  benUser,
  category,
  comment,
  food,
  key,
  portion,
  post,
  product,
  serving,
} from '../shop-rows.ts'
import type { Row, Rows } from '../shop-rows.ts'
import { Random } from '../../../src/testing/structures/random.ts'

export const names = ['Apple', 'apple', 'Banana', 'Fruit', 'Red fruit', 'ÄPFELMUS', 'small', 'ann'] as const
export const numbers = [0, 1, 2, 50, 100, 101] as const

/** A third owner, whom nobody acts as. */
const cara = 'cara’s phone'

/** What no calculation survives, in rows that nobody sees. */
const [most, least] = [2_147_483_647, -9_223_372_036_854_775_808n]

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 2, 3, minute % 60, 5, 678))
const stamped = { createdAt: at(1), updatedAt: at(2) }
const alive = { deletedAt: null, deletionId: null }
const deleted = { deletedAt: at(59), deletionId: key(15, 1) }

/**
 * Two owners whose rows look alike, share references and have deleted twins: few values, so that any comparison finds
 * something on either side.
 */
export function grammarRows(): Rows {
  const random = new Random(20_260_207)
  const rows = (count: number, make: (row: number) => Row): readonly Row[] =>
    Array.from({ length: count }, (_, index) => make(index + 1))
  const fate = () => (random.chance(0.25) ? deleted : alive)
  const orNull = <T>(value: T): T | null => (random.chance(0.25) ? null : value)
  const device = () => random.of([ann, ann, ben])
  const user = () => random.of([annUser, benUser])
  return {
    devices: [
      { id: ann, label: 'Apple', ...stamped, ...alive },
      { id: ben, label: 'Banana', ...stamped, ...alive },
      { id: cara, label: 'Banana', ...stamped, ...alive },
      { id: 'lost', label: 'Apple', ...stamped, ...deleted },
    ],
    users: [
      { id: annUser, handle: 'ann' },
      { id: benUser, handle: 'ben' },
    ],
    foods: [
      ...rows(8, (row) => ({
        id: food(row),
        name: random.of(names),
        kcal100g: random.of(numbers),
        weight: orNull(BigInt(random.of(numbers))),
        ...alive,
      })),
      ...rows(3, (row) => ({ id: food(50 + row), name: names[row], kcal100g: most, weight: least, ...deleted })),
    ],
    tags: rows(3, (row) => ({ id: key(9, row), name: random.of(names) })),
    notes: rows(2, (row) => ({ id: key(10, row), body: random.of(names) })),
    categories: rows(14, (row) => ({
      id: category(row),
      deviceId: device(),
      parentId: row < 4 ? null : orNull(category(1 + random.below(row - 1))),
      title: random.of(names),
      ...fate(),
    })),
    products: rows(29, (row) => ({
      id: product(row),
      deviceId: row > 24 ? cara : device(),
      foodId: orNull(food(random.of([1, 2, 3, 4, 5, 6, 7, 8, 51, 52]))),
      categoryId: orNull(category(1 + random.below(14))),
      name: random.of(names),
      kcal100g: random.of(numbers),
      price: orNull(random.of(['1.50', '2.00', '12.25'])),
      ratio: orNull(random.of([0.5, 1.25, 9])),
      isOpen: random.chance(0.5),
      note: orNull(random.of(names)),
      ...stamped,
      ...(row > 24 ? deleted : fate()),
    })),
    portions: [
      ...rows(30, (row) => ({
        id: portion(row),
        productId: product(1 + random.below(24)),
        size: random.of(['small', 'large']),
        grams: random.of(numbers),
      })),
      ...rows(5, (row) => ({ id: portion(50 + row), productId: product(24 + row), size: 'small', grams: most })),
    ],
    servings: rows(30, (row) => ({
      id: serving(row),
      portionId: portion(1 + random.below(32)),
      eatenAt: at(random.below(5)),
      ...fate(),
    })),
    posts: rows(10, (row) => ({
      id: post(row),
      userId: user(),
      title: random.of(names),
      tags: null,
      publishedAt: null,
      ...fate(),
    })),
    comments: rows(14, (row) => ({ id: comment(row), postId: post(1 + random.below(10)), body: random.of(names) })),
  }
}
