import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { graph, integer, model, text, uuid } from '../model/index.ts'
import { create, parseShape, patch } from './index.ts'

const columns = {
  id: uuid().primaryKey(),
  productId: text().length(1, 9).nullable(),
  foodId: text().length(1, 9).nullable(),
  size: integer(),
}
const Entry = model('entries', columns, {
  exactlyOne: [['productId', 'foodId']],
  atLeastOne: [['productId', 'foodId']],
})
const Both = model(
  'both',
  { ...columns, note: text().nullable() },
  {
    exactlyOne: [
      ['productId', 'foodId'],
      ['note', 'foodId'],
    ],
  },
)
const models = graph({ Entry, Both })

it('what creates a row says that exactly one of the columns is sent, to readers of the schema and to the parser alike', () => {
  const shape = create(models.Entry)
  const accepts = new Ajv2020({ strict: false }).compile(shape.schema)
  const value = fc.constantFrom<unknown>(null, 'a', '', 5)
  const body = fc.record({ productId: value, foodId: value, size: fc.constant(1) }, { requiredKeys: ['size'] })
  fc.assert(fc.property(body, (given) => parseShape(shape, given).ok === accepts(given)))
  expect(accepts({ size: 1, productId: 'a', foodId: null })).toBe(true)
  expect(accepts({ size: 1 })).toBe(false)
})

it.each([
  ['one of the columns is not sent', create(models.Entry, { except: ['foodId'] })],
  ['the row may have the value already', patch(models.Entry)],
  ['there is more than one such rule', create(models.Both)],
])('the rule is left to the DAO where %s', (_, shape) => {
  expect(shape.schema).not.toHaveProperty('oneOf')
})
