export { Crud, CrudToMap } from './crud.ts'
export type { GetQuery, ListQuery, Stored } from './crud.ts'
export { CrudService } from './crud-service.ts'
export type { CrudServiceClass, CrudServiceOptions, CrudShapes, MappedServiceClass } from './crud-service.ts'
