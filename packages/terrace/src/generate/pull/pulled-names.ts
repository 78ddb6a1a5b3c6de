import { snakeCase } from '../../model/index.ts'

/** Words of a database's name: of `FilmActor`, `film_actor` and `FILM ACTOR` alike; accents are left out, other scripts too. */
export function wordsOf(name: string): readonly string[] {
  const latin = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæœøłđðþ]/giu, (letter) => inLatin[letter.toLowerCase()] ?? letter)
  const parted = latin.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
  return parted
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

// What no letter is taken apart from an accent in.
const inLatin: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th' }

/**
 * A property for each column, by the column's name: camelCase, all different, and none that every JavaScript object answers to.
 * The same columns get the same properties, whatever order they come in.
 */
export function propertyNames(columns: readonly string[]): ReadonlyMap<string, string> {
  return distinctNames(columns, (column, at) => {
    const camel = camelCase(wordsOf(column), 'column', at)
    return isObjectName(camel) ? `${camel}Column` : camel
  })
}

/** A model's name for each table: PascalCase, all different whatever the letter case, and no global's of the language. */
export function modelNames(tables: readonly string[]): ReadonlyMap<string, string> {
  return distinctNames(tables, (table, at) => {
    const pascal = capitalized(camelCase(wordsOf(table), 'table', at))
    return globals.has(pascal) || isObjectName(pascal) ? `${pascal}Row` : pascal
  })
}

/** The name of the file of a model. */
export function fileName(model: string): string {
  return `${wordsOf(model).join('-')}.model.ts`
}

export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

export function uncapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** The first of `name`, `name2`, `name3`, … that is not taken, letter case aside. */
export function freeName(name: string, isTaken: (folded: string) => boolean): string {
  for (let at = 1; ; at += 1) {
    const candidate = at === 1 ? name : `${name}${at}`
    if (!isTaken(candidate.toLowerCase())) return candidate
  }
}

function camelCase(words: readonly string[], otherwise: string, at: number): string {
  const [first = '', ...rest] = words
  const camel = first + rest.map(capitalized).join('')
  if (camel === '') return `${otherwise}${at + 1}`
  return /^[0-9]/.test(camel) ? `${otherwise}${capitalized(camel)}` : camel
}

/** Numbers tell apart what would be called alike; who is called so by right comes first. */
function distinctNames(
  names: readonly string[],
  nameOf: (name: string, at: number) => string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const wishes = names.toSorted((a, b) => (a < b ? -1 : 1)).map((name, at) => [name, nameOf(name, at)] as const)
  const [usual = [], others = []] = [true, false].map((isUsual) =>
    wishes.filter(([name, wish]) => (wish === name || snakeCase(wish) === name) === isUsual),
  )
  const given = new Map<string, string>()
  for (const [name, wish] of [...usual, ...others]) {
    const free = freeName(wish, (folded) => taken.has(folded))
    taken.add(free.toLowerCase())
    given.set(name, free)
  }
  return new Map(names.map((name) => [name, given.get(name) ?? name]))
}

export function isObjectName(name: string): boolean {
  return name in Object.prototype || name === 'prototype'
}

// Source: ECMAScript 2024, "The Global Object". A model of one of these names would hide it from whoever imports it.
const globals = new Set(
  (
    'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
    'FinalizationRegistry Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Iterator JSON Json Map ' +
    'Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol ' +
    'SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array WeakMap WeakRef WeakSet'
  ).split(' '),
)
