/** One value that broke one rule. */
export interface ApiIssue {
  readonly in: string
  /** A JSON pointer into it: `/name`. */
  readonly path: string
  readonly code: string
  readonly message: string
}

/** What a call came to, as `openapi-fetch` gives it. */
export type ApiResult<D, E> =
  | { readonly data: D; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: E; readonly response: Response }

/** The codes that an error of a call may have, whichever style the API answers in. */
export type CodeOf<E> = E extends { readonly code: infer C extends string }
  ? C
  : E extends { readonly errorCode: infer C extends string }
    ? C
    : E extends { readonly error_code: infer C extends string }
      ? C
      : string

/** A refusal of the API as a value: `code` tells what it is, `issues` which values broke which rules. */
export class ApiError<Code extends string = string> extends Error {
  readonly status: number
  /** Null where it is not the API's own: a proxy's, or one without a body. */
  readonly code: Code | null
  readonly issues: readonly ApiIssue[]
  /** By which the call is found in the log of the server. */
  readonly requestId: string | null
  readonly response: Response

  constructor(body: unknown, response: Response) {
    const fields = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {}
    const code = textIn(fields, ['code', 'errorCode', 'error_code']) as Code | null
    super(textIn(fields, ['detail', 'message', 'title']) ?? `The answer was ${response.status}`)
    this.name = 'ApiError'
    this.status = response.status
    this.code = code
    this.issues = Array.isArray(fields['errors']) ? (fields['errors'] as readonly ApiIssue[]) : []
    this.requestId = response.headers.get('x-request-id')
    this.response = response
  }
}

function textIn(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  const found = names.map((name) => fields[name]).find((value) => typeof value === 'string')
  return (found as string | undefined) ?? null
}

/** Why a call failed; null where it did not. */
export function failureOf<D, E>({ error, response }: ApiResult<D, E>): ApiError<CodeOf<E>> | null {
  return response.ok ? null : new ApiError<CodeOf<E>>(error, response)
}

/** What a call gave. Throws `ApiError` where it failed. */
export function dataOf<D, E>(result: ApiResult<D, E>): D {
  const failure = failureOf(result)
  if (failure !== null) throw failure
  return result.data as D
}
