export { defineConfig } from './terrace-config.ts'
export type { TerraceConfig } from './terrace-config.ts'
