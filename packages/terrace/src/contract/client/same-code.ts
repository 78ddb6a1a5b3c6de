/** Whether two sources say the same, however a formatter has written them: quotes, commas, semicolons, line ends and widths aside. */
export function isSameCode(one: string, other: string): boolean {
  return bare(one) === bare(other)
}

function bare(source: string): string {
  return source
    .replaceAll('"', "'")
    .replaceAll(/[\s;,()]/g, '')
    .replaceAll(/([=:<{[&]|^)\|/g, '$1')
}
