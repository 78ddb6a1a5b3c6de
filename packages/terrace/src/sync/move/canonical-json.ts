/** Json on its way from one engine to another. */
export interface MovedJson {
  /** To write: as every other value of the model is written; where that would round a number, as it was read. */
  readonly written: string
  /** The same for the same value, however it is spaced and its keys are ordered; numbers with all their digits. */
  readonly canonical: string
  readonly value: unknown
  /** Whether a JavaScript number holds each of its numbers. */
  readonly isExact: boolean
}

// Up to 15 digits every number is read and written back as it was; an exponent may go beyond what a double has.
const mayBeRounded = /[\d.]{16}|\d[eE][+-]?\d/

/** Engines differ in how they print a value; an engine may keep more digits of a number than JavaScript reads. */
export function movedJson(text: string): MovedJson {
  if (!mayBeRounded.test(text)) {
    const value = JSON.parse(text) as unknown
    return { written: JSON.stringify(value), canonical: canonicalJson(value), value, isExact: true }
  }
  const marked = JSON.parse(text, markRounded as Reviver) as unknown
  const canonical = canonicalJson(marked)
  const value = JSON.parse(text) as unknown
  const isExact = canonical === canonicalJson(value)
  return { written: isExact ? JSON.stringify(value) : text, canonical, value, isExact }
}

type Reviver = (key: string, value: unknown) => unknown

/** A number that JavaScript rounds, as a value that no json has. */
class LongNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

function markRounded(_: string, value: unknown, context: { readonly source: string }): unknown {
  if (typeof value !== 'number') return value
  const exact = scientific(context.source)
  return Number.isFinite(value) && exact === scientific(String(value)) ? value : new LongNumber(exact)
}

/** `-12.50` → `-125e-1`: one spelling of each decimal number. */
function scientific(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`
}

function canonicalJson(value: unknown): string {
  if (value instanceof LongNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
}
