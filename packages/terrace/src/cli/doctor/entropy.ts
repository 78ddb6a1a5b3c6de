const words = (
  'password passwort passwd secret token admin administrator root default changeme change example demo test testing dev ' +
  'development prod production staging server database localhost welcome letmein ' +
  'login user username access private public secure security master session cookie signing qwerty qwertz azerty ' +
  'asdf zxcv iloveyou monkey dragon sunshine princess football hunter trustno hello world company please insert your here ' +
  'this value string random replace placeholder super blog shop store api app jwt key auth pass me my the and'
)
  .split(' ')
  .toSorted((one, other) => other.length - one.length)

/** What guessing one known piece costs: which of about a thousand words, runs and earlier pieces it is, and how it is written. */
const bitsOfPiece = 10

/**
 * About how many bits somebody needs who guesses: read from the left, a common word, a run (`abcd`, `7654`, `aaaa`) and what stood
 * there before count as one piece of 10 bits, and a piece that comes again as 1; any other character as one of its alphabet, by what
 * is in the text: 10 digits, 16 hexadecimal digits, 26 letters, and so on. Random texts lose next to nothing by it; words of no list
 * count as more than they are.
 */
export function entropyBits(text: string): number {
  const plain = text.toLowerCase()
  const bitsOfCharacter = Math.log2(alphabetOf(text))
  const seen = new Set<string>()
  let bits = 0
  for (let at = 0; at < plain.length;) {
    const piece = pieceAt(plain, at)
    if (piece === null) {
      bits += bitsOfCharacter
      at += 1
    } else {
      bits += Math.min(seen.has(piece) ? 1 : bitsOfPiece, piece.length * bitsOfCharacter)
      seen.add(piece)
      at += piece.length
    }
  }
  return Math.floor(bits)
}

/** The longest piece that is known where a text is read. */
function pieceAt(text: string, at: number): string | null {
  const rest = text.slice(at)
  const word = words.find((each) => rest.startsWith(each)) ?? ''
  const length = Math.max(word.length, runLength(rest), repeatedLength(text, at))
  return length < 2 ? null : rest.slice(0, length)
}

/** Characters that each follow the one before by the same step of 1, 0 or -1; from three on. */
function runLength(text: string): number {
  const step = text.charCodeAt(1) - text.charCodeAt(0)
  if (Number.isNaN(step) || Math.abs(step) > 1) return 0
  let length = 2
  while (length < text.length && text.charCodeAt(length) - text.charCodeAt(length - 1) === step) length += 1
  return length < 3 ? 0 : length
}

/** How much of what follows has stood before, from four characters on: fewer come again by chance. */
function repeatedLength(text: string, at: number): number {
  let length = 0
  while (at + length < text.length && text.indexOf(text.slice(at, at + length + 1)) < at) length += 1
  return length < 4 ? 0 : length
}

function alphabetOf(text: string): number {
  if (/^\d*$/.test(text)) return 10
  if (/^[\da-f]*$/.test(text) || /^[\dA-F]*$/.test(text)) return 16
  const sizes: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 8],
  ]
  return sizes.reduce((sum, [has, size]) => sum + (has.test(text) ? size : 0), 0)
}
