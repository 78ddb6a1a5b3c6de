import { referenceMissing } from 'terrace/dao'
import { CrudService } from 'terrace/service'
import { FoodDao } from '../food/food.dao.ts'
import { models } from '../models.ts'
import { PortionDao } from '../portion/portion.dao.ts'
import { ProductDao } from '../product/product.dao.ts'
import { amountChange, weightOf } from './amount.ts'
import { hundredthsOf, kcalOf } from './energy.ts'
import { FoodEntryDao } from './food-entry.dao.ts'
import { foodEntryPatch, newFoodEntry } from './food-entry.shapes.ts'
import type { FoodEntryPatch, NewFoodEntry } from './food-entry.shapes.ts'
import { checkPeriod } from './period.ts'
import type { Period } from './period.ts'

/** Energy of all that was eaten on a day, with one decimal. */
export interface DayEnergy {
  readonly date: string
  readonly kcal: number
}

const options = { dao: FoodEntryDao, create: newFoodEntry, patch: foodEntryPatch }

export class FoodEntryService extends CrudService(models.FoodEntry, options) {
  override async update(id: string, { date, ...amount }: FoodEntryPatch) {
    const change = amountChange(await this.get(id), amount)
    return super.update(id, date === undefined ? change : { ...change, date })
  }

  /** Days on which nothing was eaten are left out. `VALIDATION` for more than 366 days at once. */
  async summary(period: Period): Promise<readonly DayEnergy[]> {
    checkPeriod(period)
    const days = await this.dao.energyByDay(period)
    return days.map(({ date, gramKcal }) => ({ date, kcal: kcalOf(hundredthsOf(gramKcal)) }))
  }

  /** Name, energy and weight are copied, so that the entry stays true whatever becomes of the product. */
  protected async toInsert(sent: NewFoodEntry) {
    const { name, kcal100g } = await this.#eaten(sent)
    const grams = sent.portionId === undefined ? sent.grams : await this.#weight(sent)
    return { ...sent, grams, name, kcal100g }
  }

  async #eaten({ productId, foodId }: NewFoodEntry) {
    if (foodId === undefined) return (await this.session.use(ProductDao).get(productId)) ?? refuse('productId')
    return (await this.session.use(FoodDao).get(foodId)) ?? refuse('foodId')
  }

  async #weight({ productId, portionId, quantity }: InPortions) {
    const portion = await this.session.use(PortionDao).get(portionId)
    // A portion of another product is no different from a missing one.
    return portion?.productId === productId ? weightOf(portion.grams, quantity) : refuse('portionId')
  }
}

type InPortions = Extract<NewFoodEntry, { readonly portionId: string }>

/** As the DAO refuses a reference to a row that is not there. */
function refuse(column: 'productId' | 'foodId' | 'portionId'): never {
  throw referenceMissing(models.FoodEntry, column)
}
