import { Dao } from 'terrace/dao'
import { models } from '../models.ts'
import type { Period } from './period.ts'

export class FoodEntryDao extends Dao(models.FoodEntry) {
  /** Per day that has entries, in order: the exact sum of grams times kcal per 100 g, in one statement. */
  energyByDay({ from, to }: Period) {
    return this.query((db) =>
      db
        .selectFrom('food_entries')
        .where('date', '>=', from)
        .where('date', '<=', to)
        .groupBy('date')
        .orderBy('date')
        .select(({ eb, fn, ref }) => {
          // A decimal is a string to the compiler, which multiplies no strings; to the database it is a number.
          const grams = ref('grams').$castTo<number>()
          return ['date', fn.sum<string>(eb(grams, '*', ref('kcal100g'))).as('gramKcal')]
        }),
    )
  }
}
