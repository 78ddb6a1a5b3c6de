/** The addresses of a name, as texts. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>
