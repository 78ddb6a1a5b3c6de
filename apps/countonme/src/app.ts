import { createApp } from 'terrace/app'
import type { AppOptions } from 'terrace/app'
import { group, plain } from 'terrace/http'
import { device, registration } from './device/device.router.ts'
import { errors } from './errors.ts'
import { foodEntries, summary } from './food-entry/food-entry.router.ts'
import { foods } from './food/food.router.ts'
import { models } from './models.ts'
import { portions } from './portion/portion.router.ts'
import { products } from './product/product.router.ts'
import { appSettings } from './settings.ts'

/** Everything that the app is, as it is declared. */
export const appOptions: AppOptions = {
  title: 'CountOnMe API',
  version: '1.0.0',
  info: {
    description:
      'Foods, products and what a device has eaten, counted in kcal. Register a device first: its token is the key.',
    contact: { name: 'CountOnMe', url: 'https://example.com/countonme' },
    license: { name: 'MIT', identifier: 'MIT' },
  },
  models,
  settings: appSettings,
  responses: plain,
  errors,
  routes: [
    group({ prefix: '/v1' }, [
      registration,
      group({ auth: device }, [foods, products, portions, foodEntries, summary]),
    ]),
  ],
}

export const app = createApp(appOptions)
