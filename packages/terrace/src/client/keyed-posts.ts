interface Asked {
  readonly request: Request
  /** With the names of parameters in braces. */
  readonly schemaPath: string
}

/** Gives calls that may be carried out once only a key of their own: whatever is sent again later has the same. */
export function keyedPosts(idempotent: readonly string[]): { onRequest(asked: Asked): void } {
  const keyed = new Set(idempotent)
  return {
    onRequest: ({ request, schemaPath }) => {
      if (!keyed.has(`${request.method} ${schemaPath}`) || request.headers.has('idempotency-key')) return
      request.headers.set('idempotency-key', randomKey())
    },
  }
}

/** `randomUUID` is there in secure contexts alone. */
function randomKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
