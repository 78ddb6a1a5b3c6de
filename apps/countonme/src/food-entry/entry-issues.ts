import type { Issue } from 'terrace/errors'
import type { NewFoodEntry } from './food-entry.shapes.ts'

type Rule = readonly [isBroken: boolean, path: string, code: string, message: string]

/** What stands against an entry as a whole, null counted as absent; its single values are checked by their columns. */
export function entryIssues(entry: NewFoodEntry): readonly Issue[] {
  const has = (name: keyof NewFoodEntry): boolean => (entry[name] ?? null) !== null
  const [product, food, grams, portion, quantity] = [
    has('productId'),
    has('foodId'),
    has('grams'),
    has('portionId'),
    has('quantity'),
  ]
  const rules: readonly Rule[] = [
    [!product && !food, '/productId', 'REQUIRED', 'is required unless foodId is given'],
    [product && food, '/foodId', 'EXCLUSIVE', 'may not be given with productId'],
    [food && portion, '/portionId', 'EXCLUSIVE', 'may not be given with foodId: a food has no portions'],
    [!grams && !portion && !quantity, '/grams', 'REQUIRED', 'is required unless portionId and quantity are given'],
    [grams && portion && !food, '/portionId', 'EXCLUSIVE', 'may not be given with grams'],
    [grams && quantity, '/quantity', 'EXCLUSIVE', 'may not be given with grams'],
    [!grams && portion && !quantity, '/quantity', 'REQUIRED', 'is required with portionId'],
    [!grams && !portion && quantity, '/portionId', 'REQUIRED', 'is required with quantity'],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, path, code, message]) => ({ in: 'row', path, code, message }))
}
