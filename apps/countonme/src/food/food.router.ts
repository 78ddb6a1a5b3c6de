import { resource } from 'terrace/http'
import { FoodService } from './food.service.ts'

export const foods = resource(FoodService, {
  path: '/foods',
  only: ['list', 'get'],
  list: { limit: 50, sort: ['name'] },
})
