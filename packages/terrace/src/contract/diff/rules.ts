/** What a difference between two documents means to whoever has the older one. */
export interface Rule {
  readonly breaks: boolean
  /** What happens to a client that was written for the older document. */
  readonly why: string
}

/**
 * Every difference that is told, by its name: what a request may be only widens, what an answer may be only narrows. A property more in
 * an answer is none to a client, which has to ignore what it does not know; a code more in an error neither.
 */
export const rules = {
  'operation-removed': { breaks: true, why: 'A call of it is answered 404 or 405' },
  'operation-added': { breaks: false, why: 'Nobody calls it yet' },
  'operation-deprecated': { breaks: false, why: 'It works as before, and will go' },
  'operation-renamed': { breaks: false, why: 'Nothing changes on the wire; generated names change' },
  'path-parameter-renamed': { breaks: false, why: 'Nothing changes on the wire; generated names change' },

  'security-added': { breaks: true, why: 'A request without this credential is answered 401' },
  'security-removed': { breaks: true, why: 'This credential is not enough any more' },
  'security-alternative-added': { breaks: false, why: 'The credentials of before are still taken' },
  'security-dropped': { breaks: false, why: 'A credential is not asked for any more' },

  'parameter-removed': { breaks: true, why: 'A request with it is refused: unknown names are no oversight' },
  'parameter-added': { breaks: false, why: 'It may be left out' },
  'parameter-required': { breaks: true, why: 'A request without it is refused' },
  'parameter-optional': { breaks: false, why: 'It may still be sent' },
  'parameter-style': { breaks: true, why: 'It is read in another form than it is sent' },

  'body-added': { breaks: false, why: 'It may be left out' },
  'body-removed': { breaks: true, why: 'A body that is sent is refused, or means nothing any more' },
  'body-required': { breaks: true, why: 'A request without a body is refused' },
  'body-optional': { breaks: false, why: 'It may still be sent' },
  'media-type-removed': { breaks: true, why: 'Bodies are sent, or read, as this type' },
  'media-type-added': { breaks: false, why: 'The types of before are still there' },

  'status-removed': { breaks: true, why: 'A client that waits for this success does not see it' },
  'status-added': { breaks: true, why: 'A success, or a class of statuses, that clients do not know' },
  'error-status-removed': { breaks: false, why: 'A refusal that does not come any more' },
  'error-status-added': { breaks: false, why: 'A refusal more of a class that was answered before' },
  'header-removed': { breaks: true, why: 'A client that reads it does not find it' },
  'header-optional': { breaks: true, why: 'A client that reads it may not find it' },
  'header-added': { breaks: false, why: 'It may be ignored' },

  'property-removed': { breaks: true, why: 'Sent, it is refused; read, it is not there' },
  'property-added': { breaks: false, why: 'It may be left out, or ignored' },
  'property-required': { breaks: true, why: 'A request without it is refused' },
  'property-optional': { breaks: true, why: 'A client that reads it may not find it' },
  'property-loosened': { breaks: false, why: 'It may be left out now' },
  'property-promised': { breaks: false, why: 'It is always there now' },

  'values-narrowed': { breaks: true, why: 'A request with a value of before is refused' },
  'values-widened': { breaks: true, why: 'An answer has values that clients do not know' },
  'values-allowed': { breaks: false, why: 'Requests of before are still taken' },
  'values-excluded': { breaks: false, why: 'Answers have fewer values than before' },
  'error-values-added': {
    breaks: false,
    why: 'A client has to take a code of an error that it does not know for its status',
  },
  'schema-changed': { breaks: true, why: 'Values of before and of now cannot be compared' },
  'default-changed': { breaks: false, why: 'No request fails; one that leaves it out means something else' },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof rules
