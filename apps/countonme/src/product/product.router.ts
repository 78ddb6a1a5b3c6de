import { resource } from 'terrace/http'
import { ProductService } from './product.service.ts'

export const products = resource(ProductService, {
  path: '/products',
  put: 'merge',
  list: { limit: 50, sort: ['name'] },
})
