import type { BoundModel, Models } from './bound-model.ts'
export declare function bindGraph(models: Models): Readonly<Record<string, BoundModel>>
