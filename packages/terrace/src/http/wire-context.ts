import type { ObjectShape, WireNames } from '../dto/index.ts'
import type { ModelFact } from '../model/index.ts'

/** What all routes of an app have in common on the wire. */
export interface WireContext {
  readonly names: WireNames
  /** How rows of a model leave, with their names in process: by the shape its resource declares, else by its marks. */
  readonly shapeOf: (model: ModelFact) => ObjectShape
}
