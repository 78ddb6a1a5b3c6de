import { defineConfig } from 'terrace/cli'
import { models } from './src/models.ts'

/** For `npx terrace …` in this folder: the database that the app opens when it is started here. */
export default defineConfig({
  database: 'sqlite:countonme.db',
  models,
  app: () => import('./src/app.ts').then(({ app }) => app),
})
