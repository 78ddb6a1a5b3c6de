import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class FoodDao extends Dao(models.Food) {}
