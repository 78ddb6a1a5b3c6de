/** A text as TypeScript writes it: several lines as a template, else in the quotes that need the fewest signs before others. */
export function quoteInSource(text: string): string {
  const kinds = text.includes('\n') ? [template] : [single, double, template]
  const written = kinds.map((write) => write(text))
  return written.reduce((best, next) => (next.length < best.length ? next : best))
}

const single = (text: string): string => `'${escaped(text, /[\\']/g)}'`
const double = (text: string): string => `"${escaped(text, /[\\"]/g)}"`
const template = (text: string): string => `\`${escaped(text, /[\\`]|\$(?=\{)/g)}\``

function escaped(text: string, special: RegExp): string {
  return text.replaceAll(special, String.raw`\$&`).replaceAll(unprintable, codeOf)
}

/**
 * Signs that a file would not keep, or that nobody would see: a template turns a carriage return into a new line, half of a
 * surrogate pair has no UTF-8, some end a line or turn the direction of what is read.
 */
const unprintable = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

function codeOf(sign: string): string {
  if (sign === '\t') return String.raw`\t`
  if (sign === '\r') return String.raw`\r`
  return String.raw`\u` + sign.charCodeAt(0).toString(16).padStart(4, '0')
}
