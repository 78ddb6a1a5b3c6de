const longest = 40

/** `add_barcode` of `Add barcode!`: for the name of a file, at most 40 signs of ASCII; `revision` where nothing of it is. */
export function slugOf(description: string): string {
  const plain = description.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
  const slug = words.reduce((known, word) => {
    const longer = known === '' ? word : `${known}_${word}`
    return longer.length <= longest ? longer : known
  }, '')
  return slug || (words[0]?.slice(0, longest) ?? 'revision')
}
