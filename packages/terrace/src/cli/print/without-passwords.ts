/** A text without what stands for a password in a URL, whoever wrote it into it. */
export function withoutPasswords(text: string): string {
  // The last @ before a space, a quote or a slash ends it: a password may have any other sign.
  return text
    .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/'"]*):[^\s/'"]*@/gi, '$1@')
    .replaceAll(/([?&](?:ssl)?(?:password|passwd|passphrase|pwd|secret)=)[^\s&#'"]+/gi, '$1…')
}
