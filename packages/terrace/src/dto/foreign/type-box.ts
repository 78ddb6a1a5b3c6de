/**
 * A schema made by TypeBox 1: plain JSON Schema with marks that only types and TypeBox itself see. Written out here so that who
 * does not use TypeBox need not have it.
 */
export type TypeBoxSchema = { readonly '~kind': string } | { readonly '~unsafe': unknown }

/**
 * The value that a TypeBox schema describes, as its own `Static`. `unknown` for what refers to another schema (`Ref`, `Cyclic`,
 * `This`) and for types made by functions of types: give those by `fromJsonSchema<Static<typeof schema>>(schema)`.
 */
export type TypeBoxValue<S> = S extends { readonly '~unsafe': infer T }
  ? T
  : S extends { readonly '~kind': infer Kind extends keyof ValuesByKind<S> }
    ? ValuesByKind<S>[Kind]
    : unknown

interface ValuesByKind<S> {
  readonly String: string
  readonly TemplateLiteral: string
  readonly Number: number
  readonly Integer: number
  readonly Boolean: boolean
  readonly Null: null
  readonly Never: never
  readonly Literal: S extends { readonly const: infer V } ? V : never
  readonly Enum: S extends { readonly enum: readonly (infer V)[] } ? V : never
  readonly Array: S extends { readonly items: infer Item } ? readonly TypeBoxValue<Item>[] : never
  readonly Tuple: S extends { readonly items: infer Items extends readonly unknown[] } ? TupleOf<Items> : never
  readonly Object: S extends { readonly properties: infer P } ? ObjectOf<P> : never
  readonly Record: S extends { readonly patternProperties: infer P }
    ? { readonly [key: string]: TypeBoxValue<P[keyof P]> }
    : never
  readonly Union: S extends { readonly anyOf: readonly (infer V)[] } ? TypeBoxValue<V> : never
  readonly Intersect: S extends { readonly allOf: infer All extends readonly unknown[] } ? AllOf<All> : never
}

type OptionalKeys<P> = { [K in keyof P]: P[K] extends { readonly '~optional': true } ? K : never }[keyof P]
type ObjectOf<P> = Flatten<
  { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: TypeBoxValue<P[K]> } & {
    readonly [K in OptionalKeys<P>]?: TypeBoxValue<P[K]>
  }
>
type Flatten<T> = { readonly [K in keyof T]: T[K] } & {}
type TupleOf<Items extends readonly unknown[]> = { readonly [I in keyof Items]: TypeBoxValue<Items[I]> }
type AllOf<All extends readonly unknown[]> = All extends readonly [infer First, ...infer Others]
  ? TypeBoxValue<First> & AllOf<Others>
  : unknown
