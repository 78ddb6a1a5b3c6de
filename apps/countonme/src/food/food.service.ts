import { CrudService } from 'terrace/service'
import { models } from '../models.ts'

export class FoodService extends CrudService(models.Food) {}
