import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class ProductDao extends Dao(models.Product) {}
