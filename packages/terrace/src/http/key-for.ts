/** The secret key of an app for one purpose, 32 bytes, such as `'cursor'`: the same bytes for the same secret and purpose. */
export type KeyFor = (purpose: string) => Uint8Array
