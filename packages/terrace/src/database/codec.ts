/**
 * Between a value of the model (`Row`) and what the driver takes and gives. Null is never passed in. `null` in place of a
 * function: the value goes through as it is, which the compiler uses to skip work.
 */
export interface Codec {
  /** To a parameter of the driver. */
  readonly encode: ((value: never) => unknown) | null
  /** From a value in a driver's row. */
  readonly decode: ((value: never) => unknown) | null
}
