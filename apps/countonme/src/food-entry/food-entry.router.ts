import { list, shape } from 'terrace/dto'
import { resource, route } from 'terrace/http'
import { date, float } from 'terrace/model'
import { foodEntry } from './food-entry.shapes.ts'
import { FoodEntryService } from './food-entry.service.ts'

/** By day with `?date=2026-02-05`; without it the latest day first, each in the order in which it was entered. */
export const foodEntries = resource(FoodEntryService, {
  path: '/food-entries',
  put: 'merge',
  read: foodEntry,
  list: { limit: 50, sort: ['-date', 'createdAt'] },
})

const day = date().describe('Included').example('2026-02-05')
const dayEnergy = shape({ date: date(), kcal: float().describe('Energy, kcal, one decimal') }, { name: 'DayEnergy' })

export const summary = route('GET /food-entries/summary', {
  name: 'summarizeFoodEntries',
  summary: 'Energy of each day',
  description: 'At most 366 days at once; days on which nothing was eaten are left out.',
  query: shape({ from: day, to: day }),
  responses: { 200: list(dayEnergy) },
  use: { entries: FoodEntryService },
  handler: ({ query, use }) => use.entries.summary(query),
})
