import { defineConfig } from 'terrace/cli'
import { models } from './src/models.ts'
import { startOptions } from './src/start.ts'

/** For `npx terrace …` in this folder: the database that the Blog opens when it is started here. */
export default defineConfig({
  database: 'sqlite:blog.db',
  models,
  start: startOptions,
  app: () => import('./src/app.ts').then(({ app }) => app),
})
