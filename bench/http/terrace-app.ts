import { DeviceAccess } from 'terrace/auth'
import { createApp } from 'terrace/app'
import { authentication, bearer, group, plain, resource } from 'terrace/http'
import { CrudService } from 'terrace/service'
import { models } from './models.ts'

class DeviceService extends DeviceAccess(models.Device) {}
class ProductService extends CrudService(models.Product) {}
class PortionService extends CrudService(models.Portion) {}

const device = authentication('device', {
  scheme: bearer(),
  verify: ({ token, session }) => session.use(DeviceService).verify(token),
  actor: (row) => ({ [models.Device.name]: row.id }),
})

export const app = createApp({
  title: 'Bench',
  version: '1.0.0',
  models,
  responses: plain,
  routes: [
    group({ prefix: '/v1', auth: device }, [
      resource(ProductService, { path: '/products', list: { sort: ['name'] } }),
      resource(PortionService, { path: '/portions', only: ['list'] }),
    ]),
  ],
})
