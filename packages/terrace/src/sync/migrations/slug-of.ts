const longest = 40

/** `add_barcode` of `Add barcode!`: for the name of a file, at most 40 signs of ASCII; `revision` where nothing of it is. */
export function slugOf(description: string): string {
  const plain = description.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
  const [first = 'revision', ...words] = plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
  let slug = first.slice(0, longest)
  for (const word of words) {
    if (slug.length + 1 + word.length > longest) break
    slug += `_${word}`
  }
  return slug
}
