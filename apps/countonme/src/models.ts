import { graph } from 'terrace/model'
import { Device } from './device/device.model.ts'
import { FoodEntry } from './food-entry/food-entry.model.ts'
import { Food } from './food/food.model.ts'
import { Portion } from './portion/portion.model.ts'
import { Product } from './product/product.model.ts'

/** The graph: its keys are the models' names. */
export const models = graph({ Device, Product, Portion, Food, FoodEntry })
