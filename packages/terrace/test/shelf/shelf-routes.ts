import { read } from '../../src/dto/index.ts'
import { resource, route } from '../../src/http/index.ts'
import { ShelfFoods, shelfModels } from './shelf-app.ts'

/** Routes as a module exports them: the names of what is exported here are part of the API. */
export const firstFood = route('GET /foods/first', {
  summary: 'The first food',
  responses: { 200: read(shelfModels.Food) },
  use: { foods: ShelfFoods },
  handler: ({ use }) => use.foods.get(1),
})

export const foods = resource(ShelfFoods, { path: '/foods', only: ['list', 'get'] })
