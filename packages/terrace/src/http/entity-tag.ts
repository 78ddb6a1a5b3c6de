import { hash } from 'node:crypto'
import { errors } from '../errors/index.ts'

/** Of one state of what a URL shows (RFC 9110, section 8.8.3), as it stands in a header: `"7.kq3w…"`, `W/"kq3w…"`. */
export type EntityTag = string

/** What a condition names: any state (`*`), or these. */
export type TagList = '*' | readonly EntityTag[]

/** 132 bits of SHA-256: what is equal has the same, and nobody finds another text for it. */
export function digestOf(text: string | Uint8Array): string {
  return hash('sha256', text, 'base64url').slice(0, 22)
}

/**
 * Of a row with a version: the version, so that a change can be made of that one only, and a digest of what is sent, so that it is
 * another one wherever a byte is: with other fields, other included rows, after another release of the app.
 */
export function versionTag(version: number, text: string | Uint8Array): EntityTag {
  return `"${version}.${digestOf(text)}"`
}

/** Of what has no version: good to ask whether it has changed (`if-none-match`), not to change it by. */
export function weakTag(text: string | Uint8Array): EntityTag {
  return `W/"${digestOf(text)}"`
}

/** The version in a tag that `versionTag` made; null in any other, and in a weak one. */
export function versionIn(tag: EntityTag): number | null {
  const digits = /^"([1-9][0-9]{0,9})(?:\.[\w-]{22})?"$/.exec(tag)?.[1]
  return digits === undefined ? null : Number(digits)
}

const oneTag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

export function isEntityTag(text: string): boolean {
  return oneTag.test(text)
}

/** The tags of `if-match` or `if-none-match`; null where the header is not there. `PRECONDITION_MALFORMED` for what is no list of tags. */
export function readTags(header: 'if-match' | 'if-none-match', value: string | undefined): TagList | null {
  if (value === undefined) return null
  if (value.trim() === '*') return '*'
  const tags = tagsIn(value)
  if (tags === null) throw errors.PRECONDITION_MALFORMED({ values: { header } })
  return tags
}

/** Elements between commas, blanks around them and empty ones left out (RFC 9110, section 5.6.1); null for anything else, and for none. */
function tagsIn(value: string): readonly EntityTag[] | null {
  const part = /((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")|,|[ \t]+/y
  const tags: EntityTag[] = []
  let mayBegin = true
  while (part.lastIndex < value.length) {
    const found = part.exec(value)
    if (found === null || (found[1] !== undefined && !mayBegin)) return null
    if (found[1] !== undefined) tags.push(found[1])
    if (found[0] === ',') mayBegin = true
    else if (found[1] !== undefined) mayBegin = false
  }
  return tags.length === 0 ? null : tags
}

/** Weak comparison: `W/` counts for nothing. What is not there matches nothing, not even `*`. */
export function matchesWeakly(tags: TagList, tag: EntityTag): boolean {
  const bare = withoutWeakness(tag)
  return tags === '*' || tags.some((each) => withoutWeakness(each) === bare)
}

/** Strong comparison: weak tags match nothing. */
export function matchesStrongly(tags: TagList, tag: EntityTag): boolean {
  return tags === '*' || (!tag.startsWith('W/') && tags.includes(tag))
}

function withoutWeakness(tag: EntityTag): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag
}
