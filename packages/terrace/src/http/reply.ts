/** A handler's answer with another status, or with headers. Made by `reply()`. */
export class Reply<S extends number = number, V = unknown> {
  readonly status: S
  readonly value: V
  readonly headers: Readonly<Record<string, string>>

  constructor(status: S, value: V, headers: Readonly<Record<string, string>>) {
    this.status = status
    this.value = value
    this.headers = headers
    Object.freeze(this)
  }
}

/** Answers with one of the route's declared statuses: `reply(201, product, { location: '/v1/products/1' })`. */
export function reply<S extends number, V>(
  status: S,
  value: V,
  headers: Readonly<Record<string, string>> = {},
): Reply<S, V> {
  return new Reply(status, value, headers)
}
