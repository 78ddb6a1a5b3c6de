import { createApp } from 'terrace/app'
import { group, plain } from 'terrace/http'
import { device, registration } from './device/device.router.ts'
import { foods } from './food/food.router.ts'
import { models } from './models.ts'
import { products } from './product/product.router.ts'
import { appSettings } from './settings.ts'

export const app = createApp({
  title: 'CountOnMe API',
  version: '1.0.0',
  models,
  settings: appSettings,
  responses: plain,
  routes: [group({ prefix: '/v1' }, [registration, group({ auth: device }, [foods, products])])],
})
