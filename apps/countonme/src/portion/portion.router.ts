import { resource } from 'terrace/http'
import { errors } from '../errors.ts'
import { PortionService } from './portion.service.ts'

const needsDefault = { errors: [errors.DEFAULT_PORTION_NEEDED] }

export const portions = resource(PortionService, {
  path: '/portions',
  put: 'merge',
  list: { limit: 50, sort: ['name'] },
  operations: { patch: needsDefault, put: needsDefault, delete: needsDefault },
})
