import { date, decimal, integer, model, owner, reference, softDelete, text, timestamps, uuid } from 'terrace/model'
import { Device } from '../device/device.model.ts'
import { Food } from '../food/food.model.ts'
import { Portion } from '../portion/portion.model.ts'
import { Product } from '../product/product.model.ts'

/**
 * What was eaten on a day. Name, grams and kcal per 100 g are those of the moment it was entered, so that it stays true when the
 * product is changed or deleted.
 */
export const FoodEntry = model(
  'food_entries',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    date: date().describe('Day on which it was eaten').example('2026-02-05'),
    productId: reference(Product, { onDelete: 'keep' }).nullable().immutable(),
    foodId: reference(Food).nullable().immutable(),
    portionId: reference(Portion, { onDelete: 'keep' }).nullable(),
    quantity: decimal(6, 2, { json: 'number' })
      .range('0.01', '1000')
      .nullable()
      .describe('How many of the portion, at most two decimals')
      .example('1.50'),
    grams: decimal(10, 2, { json: 'number' })
      .range('0.01', '10000000')
      .describe('Weight, g, at most two decimals')
      .example('150.00'),
    name: text().length(1, 100).readOnly().immutable().describe('What it was called').example('Chicken Breast'),
    kcal100g: integer()
      .range(0, 1000)
      .column('kcal_100g')
      .readOnly()
      .immutable()
      .describe('Energy, kcal per 100 g')
      .example(165),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['deviceId', 'date']] },
)
