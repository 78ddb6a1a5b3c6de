import type { Create } from 'terrace/dto'
import { CrudService } from 'terrace/service'
import { models } from '../models.ts'
import { PortionService } from '../portion/portion.service.ts'

export class ProductService extends CrudService(models.Product) {
  /** With its default portion, in one transaction: both are stored, or neither (D6). */
  override async create(data: Create<typeof models.Product>) {
    const product = await super.create(data)
    await this.session.use(PortionService).create({ productId: product.id, name: '100g', grams: 100, isDefault: true })
    return product
  }
}
