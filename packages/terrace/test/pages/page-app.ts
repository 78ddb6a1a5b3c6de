import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { authentication, bearer, group, plain, publicAccess, resource } from '../../src/http/index.ts'
import type { ResponseStyle } from '../../src/http/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { pageModels } from './page-models.ts'

export class SampleService extends CrudService(pageModels.Sample) {}
class PlaceService extends CrudService(pageModels.Place) {}

/** Nobody by a credential: tests act by `testClient(app, { as })`. */
export const device = authentication('device', {
  scheme: bearer(),
  verify: async () => null,
  actor: () => ({}),
  roles: () => [],
})

export function pageApp(responses?: ResponseStyle, options: Partial<Parameters<typeof createApp>[0]> = {}): App {
  return createApp({
    title: 'Pages',
    version: '1.0.0',
    models: pageModels,
    responses: responses ?? plain,
    routes: [
      group({ prefix: '/v1', auth: device }, [
        resource(SampleService, { path: '/samples' }),
        resource(SampleService, { path: '/drawers/:drawer/specimens', only: ['list'] }),
      ]),
      group({ prefix: '/v1', auth: publicAccess('test') }, [resource(PlaceService, { path: '/places' })]),
    ],
    ...options,
  })
}
