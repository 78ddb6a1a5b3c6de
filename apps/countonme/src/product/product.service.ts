import { CrudService } from 'terrace/service'
import { models } from '../models.ts'

export class ProductService extends CrudService(models.Product) {}
