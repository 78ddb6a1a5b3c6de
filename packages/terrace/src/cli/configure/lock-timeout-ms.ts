/** What `--lock-timeout` says, as options have it; nothing where it is not given. */
export function lockTimeoutMs(flags: { readonly 'lock-timeout': number | undefined }): {
  readonly lockTimeoutMs?: number
} {
  const seconds = flags['lock-timeout']
  return seconds === undefined ? {} : { lockTimeoutMs: seconds * 1000 }
}
