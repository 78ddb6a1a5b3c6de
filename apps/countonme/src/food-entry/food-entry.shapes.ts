import { computed, create, patch, read } from 'terrace/dto'
import type { ValueOf } from 'terrace/dto'
import { float } from 'terrace/model'
import { models } from '../models.ts'
import { hundredthsOf, kcalOf } from './energy.ts'

/** What was eaten, by weight or in portions, which only a product has. Name and energy follow from it. */
export const newFoodEntry = create(models.FoodEntry, {
  variants: [
    ['productId', 'grams'],
    ['productId', 'portionId', 'quantity'],
    ['foodId', 'grams'],
  ],
})

/** The day, and the amount in grams or in the portion that was entered. */
export const foodEntryPatch = patch(models.FoodEntry, { only: ['date', 'grams', 'quantity'] })

/** As stored, with the energy that it comes to. */
export const foodEntry = read(models.FoodEntry, {
  computed: {
    kcal: computed(float().describe('Energy, kcal, one decimal').example(247.5), ({ grams, kcal100g }) =>
      kcalOf(hundredthsOf(grams) * BigInt(kcal100g)),
    ),
  },
})

export type NewFoodEntry = ValueOf<typeof newFoodEntry>
export type FoodEntryPatch = ValueOf<typeof foodEntryPatch>
