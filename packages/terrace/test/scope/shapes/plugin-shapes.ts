import { shape, type QueryShape } from './query-shape.ts'

export const pluginShapes: readonly QueryShape[] = [
  shape('without plugins', (db) => db.withoutPlugins().selectFrom('products').select('id')),
  shape('a connection of its own', (db) => ({
    execute: () => db.connection().execute((own) => own.selectFrom('products').select('id').execute()),
  })),
]
