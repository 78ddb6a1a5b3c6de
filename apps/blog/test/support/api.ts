// Blog API 1.0.0. Written by `terrace client`: change the app, and run it again.
import { apiClient, type ApiClient, type ApiClientOptions } from 'terrace/client'

/** Operations that take an `Idempotency-Key`: sent twice, they are carried out once. */
const idempotent: readonly string[] = []

/** Posts, their comments and what they are about. Everybody reads; whoever has an account comments; authors write. */
export function openClient(options: ApiClientOptions): ApiClient<paths> {
  return apiClient<paths>(options, { idempotent })
}

export interface paths {
  '/v1/users': {
    /**
     * List Users
     *
     * List Users
     *
     * The caller needs the role `admin`.
     */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 20
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 20
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, email, isActive, displayName, role, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /**
           * Equal to it
           * Whole number, 1 to 9007199254740991.
           */
          id?: number
          /**
           * Another value, and not null
           * Whole number, 1 to 9007199254740991.
           */
          'id[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'id[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'id[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'id[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'id[lte]'?: number
          /** Equal to it */
          email?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'email[in]'?: string[]
          /** Equal to it */
          isActive?: boolean
          /** Another value, and not null */
          'isActive[not]'?: boolean
          /** Equal to it */
          displayName?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'displayName[in]'?: string[]
          /** Equal to it */
          role?: 'reader' | 'author' | 'admin'
          /** Another value, and not null */
          'role[not]'?: 'reader' | 'author' | 'admin'
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'role[in]'?: ('reader' | 'author' | 'admin')[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'role[notIn]'?: ('reader' | 'author' | 'admin')[]
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of User that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': User[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        401: responses['Unauthenticated']
        403: responses['RoleMissing']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /**
     * Register
     *
     * A new account is a reader; admins make authors.
     */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': UserCreate
        }
      }
      responses: {
        /** Created */
        201: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': User
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        408: responses['RequestTimeout']
        409: responses['EmailTaken']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyPasswordQueueFullStorageFull']
      }
    }
  }
  '/v1/auth/login': {
    /** Log in; the tokens of a new login */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': Login
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': IssuedTokens
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['LoginFailed']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequestsTooManyAttempts']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyPasswordQueueFullStorageFull']
      }
    }
  }
  '/v1/auth/refresh': {
    /** The next tokens of a login; a token that comes a second time ends it */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': RefreshRequest
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': IssuedTokens
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['RefreshFailed']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/auth/logout': {
    /** End the login of a refresh token, at once */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': RefreshRequest
        }
      }
      responses: {
        /** No Content */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/auth/password': {
    /** Change the password; ends all logins, and gives the tokens of a new one */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': PasswordChange
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': IssuedTokens
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        403: responses['PasswordWrong']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequestsTooManyAttempts']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyPasswordQueueFullStorageFull']
      }
    }
  }
  '/v1/auth/me': {
    /** Who is asking */
    get: {
      parameters: {}
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': User
          }
        }
        400: responses['BadRequest']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/posts': {
    /** List Posts */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 20
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 20
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, authorId, title, excerpt, slug, areCommentsOpen, publishedAt, version, createdAt, updatedAt, body */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: author, comments, postTags, author.posts, author.comments, comments.post, comments.author, postTags.post, postTags.tag, author.posts.author, author.posts.comments, author.posts.postTags, author.comments.post, author.comments.author, comments.post.author, comments.post.comments, comments.post.postTags, comments.author.posts, comments.author.comments, postTags.post.author, postTags.post.comments, postTags.post.postTags, postTags.tag.postTags */
          include?: string
          /**
           * Words, separated by blanks, at most 10: each stands in one of title, excerpt, body; without case in title, excerpt
           * At most 200 characters.
           */
          q?: string
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /**
           * Equal to it
           * Whole number, 1 to 9007199254740991.
           */
          authorId?: number
          /**
           * Another value, and not null
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'authorId[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'authorId[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[lte]'?: number
          /** Equal to it */
          title?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'title[in]'?: string[]
          /** The text stands in it, without case */
          'title[contains]'?: string
          /** Equal to it */
          excerpt?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'excerpt[in]'?: string[]
          /** Whether it is null */
          'excerpt[null]'?: boolean
          /** Equal to it */
          slug?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'slug[in]'?: string[]
          /** Equal to it */
          areCommentsOpen?: boolean
          /** Another value, and not null */
          'areCommentsOpen[not]'?: boolean
          /**
           * Equal to it
           * Date-time.
           */
          publishedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'publishedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'publishedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'publishedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'publishedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'publishedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'publishedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'publishedAt[lte]'?: string
          /**
           * Equal to it
           * Whole number, -2147483648 to 2147483647.
           */
          version?: number
          /**
           * Another value, and not null
           * Whole number, -2147483648 to 2147483647.
           */
          'version[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'version[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'version[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'version[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, -2147483648 to 2147483647.
           */
          'version[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'version[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, -2147483648 to 2147483647.
           */
          'version[lte]'?: number
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Equal to it */
          body?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'body[in]'?: string[]
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its author: author[condition]=value */
          author?: Record<string, string | number | boolean>
          /** What is asked of its comments: comments[some.condition]=value, none or every; comments[some]=false where there are none */
          comments?: Record<string, string | number | boolean>
          /** What is asked of its postTags: postTags[some.condition]=value, none or every; postTags[some]=false where there are none */
          postTags?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Post that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': PostLine[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Create a Post */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': PostCreate
        }
      }
      responses: {
        /** The Post as it was created. */
        201: {
          headers: {
            'X-Request-Id': string
            Location: string
            ETag?: string
          }
          content: {
            'application/json': Post
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformed']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/posts/{id}': {
    /** Get a Post */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        query?: {
          /** Related rows to answer too, joined by commas: author, comments, postTags, author.posts, author.comments, comments.post, comments.author, postTags.post, postTags.tag, author.posts.author, author.posts.comments, author.posts.postTags, author.comments.post, author.comments.author, comments.post.author, comments.post.comments, comments.post.postTags, comments.author.posts, comments.author.comments, postTags.post.author, postTags.post.comments, postTags.post.postTags, postTags.tag.postTags */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Post. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Post
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Patch a Post */
    patch: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        header?: {
          /** The `ETag` of the state that is to be changed, or several; `*` for any. Another state is answered 412. */
          'If-Match'?: string
        }
      }
      requestBody: {
        content: {
          'application/json': PostPatch
          'application/merge-patch+json': PostPatch
        }
      }
      responses: {
        /** The Post as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Post
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformed']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['Unique']
        412: responses['PreconditionFailed']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/tags/{slug}/feed': {
    /** The newest posts about a tag */
    get: {
      parameters: {
        path: {
          /** At least 1 characters. */
          slug: string
        }
        query?: {
          /** Whole number, 1 to 100. */
          limit?: number
          /** Date-time. */
          before?: string
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': PostLine[]
          }
        }
        400: responses['BadRequest']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/posts/{id}/previews': {
    /** What the pages say that a post links to */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': LinkPreview[]
          }
        }
        400: responses['BadRequest']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/comments': {
    /** List Comments */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 20
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 20
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, postId, authorId, body, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: post, author, post.author, post.comments, post.postTags, author.posts, author.comments, post.author.posts, post.author.comments, post.comments.post, post.comments.author, post.postTags.post, post.postTags.tag, author.posts.author, author.posts.comments, author.posts.postTags, author.comments.post, author.comments.author */
          include?: string
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /**
           * Equal to it
           * Uuid.
           */
          postId?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'postId[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'postId[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'postId[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'postId[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'postId[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'postId[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'postId[lte]'?: string
          /**
           * Equal to it
           * Whole number, 1 to 9007199254740991.
           */
          authorId?: number
          /**
           * Another value, and not null
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'authorId[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'authorId[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'authorId[lte]'?: number
          /** Equal to it */
          body?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'body[in]'?: string[]
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its post: post[condition]=value */
          post?: Record<string, string | number | boolean>
          /** What is asked of its author: author[condition]=value */
          author?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Comment that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Comment[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/comments/{id}': {
    /** Get a Comment */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        query?: {
          /** Related rows to answer too, joined by commas: post, author, post.author, post.comments, post.postTags, author.posts, author.comments, post.author.posts, post.author.comments, post.comments.post, post.comments.author, post.postTags.post, post.postTags.tag, author.posts.author, author.posts.comments, author.posts.postTags, author.comments.post, author.comments.author */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Comment. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Comment
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Delete a Comment */
    delete: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Comment is deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Patch a Comment */
    patch: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': CommentPatch
          'application/merge-patch+json': CommentPatch
        }
      }
      responses: {
        /** The Comment as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Comment
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/posts/{postId}/comments': {
    /** The comments of a post, in the order in which they were written */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          postId: string
        }
        query?: {
          /** Whole number, 1 to 100. */
          limit?: number
          /** Whole number, 0 to 100000. */
          offset?: number
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Comment[]
          }
        }
        400: responses['BadRequest']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Comment a post */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          postId: string
        }
      }
      requestBody: {
        content: {
          'application/json': CommentCreate
        }
      }
      responses: {
        /** Created */
        201: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Comment
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        403: responses['CommentsClosed']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/authors': {
    /** List Authors */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 20
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 20
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, name, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: posts, comments, posts.author, posts.comments, posts.postTags, comments.post, comments.author, posts.author.posts, posts.author.comments, posts.comments.post, posts.comments.author, posts.postTags.post, posts.postTags.tag, comments.post.author, comments.post.comments, comments.post.postTags, comments.author.posts, comments.author.comments */
          include?: string
          /**
           * Equal to it
           * Whole number, 1 to 9007199254740991.
           */
          id?: number
          /**
           * Another value, and not null
           * Whole number, 1 to 9007199254740991.
           */
          'id[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'id[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'id[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'id[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'id[lte]'?: number
          /** Equal to it */
          name?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'name[in]'?: string[]
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its posts: posts[some.condition]=value, none or every; posts[some]=false where there are none */
          posts?: Record<string, string | number | boolean>
          /** What is asked of its comments: comments[some.condition]=value, none or every; comments[some]=false where there are none */
          comments?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Author that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Author[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/authors/{id}': {
    /** Get a Author */
    get: {
      parameters: {
        path: {
          /** Whole number, 1 to 9007199254740991. */
          id: number
        }
        query?: {
          /** Related rows to answer too, joined by commas: posts, comments, posts.author, posts.comments, posts.postTags, comments.post, comments.author, posts.author.posts, posts.author.comments, posts.comments.post, posts.comments.author, posts.postTags.post, posts.postTags.tag, comments.post.author, comments.post.comments, comments.post.postTags, comments.author.posts, comments.author.comments */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Author. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Author
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
  '/v1/tags': {
    /** List Tags */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 20
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 20
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, name, slug, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /** Related rows to answer too, joined by commas: postTags, postTags.post, postTags.tag, postTags.post.author, postTags.post.comments, postTags.post.postTags, postTags.tag.postTags */
          include?: string
          /**
           * Equal to it
           * Whole number, 1 to 9007199254740991.
           */
          id?: number
          /**
           * Another value, and not null
           * Whole number, 1 to 9007199254740991.
           */
          'id[not]'?: number
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: number[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: number[]
          /**
           * Greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'id[gt]'?: number
          /**
           * Equal to it, greater, or later
           * Whole number, 1 to 9007199254740991.
           */
          'id[gte]'?: number
          /**
           * Less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'id[lt]'?: number
          /**
           * Equal to it, less, or earlier
           * Whole number, 1 to 9007199254740991.
           */
          'id[lte]'?: number
          /** Equal to it */
          name?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'name[in]'?: string[]
          /** Equal to it */
          slug?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'slug[in]'?: string[]
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
          /** What is asked of its postTags: postTags[some.condition]=value, none or every; postTags[some]=false where there are none */
          postTags?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Tag that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Tag[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /**
     * Create a Tag
     *
     * Create a Tag
     *
     * The caller needs the role `admin`.
     */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': TagCreate
        }
      }
      responses: {
        /** The Tag as it was created. */
        201: {
          headers: {
            'X-Request-Id': string
            Location: string
          }
          content: {
            'application/json': Tag
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        403: responses['ForbiddenOrRoleMissing']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/tags/{id}': {
    /** Get a Tag */
    get: {
      parameters: {
        path: {
          /** Whole number, 1 to 9007199254740991. */
          id: number
        }
        query?: {
          /** Related rows to answer too, joined by commas: postTags, postTags.post, postTags.tag, postTags.post.author, postTags.post.comments, postTags.post.postTags, postTags.tag.postTags */
          include?: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Tag. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Tag
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /**
     * Delete a Tag
     *
     * Delete a Tag
     *
     * The caller needs the role `admin`.
     */
    delete: {
      parameters: {
        path: {
          /** Whole number, 1 to 9007199254740991. */
          id: number
        }
      }
      responses: {
        /** The Tag is deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['ForbiddenOrRoleMissing']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /**
     * Patch a Tag
     *
     * Patch a Tag
     *
     * The caller needs the role `admin`.
     */
    patch: {
      parameters: {
        path: {
          /** Whole number, 1 to 9007199254740991. */
          id: number
        }
      }
      requestBody: {
        content: {
          'application/json': TagPatch
          'application/merge-patch+json': TagPatch
        }
      }
      responses: {
        /** The Tag as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Tag
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['ForbiddenOrRoleMissing']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/users/{id}': {
    /** Get a User */
    get: {
      parameters: {
        path: {
          /** Whole number, 1 to 9007199254740991. */
          id: number
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The User. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': User
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Patch a User */
    patch: {
      parameters: {
        path: {
          /** Whole number, 1 to 9007199254740991. */
          id: number
        }
      }
      requestBody: {
        content: {
          'application/json': UserPatch
          'application/merge-patch+json': UserPatch
        }
      }
      responses: {
        /** The User as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': User
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts': {
    /** List Drafts */
    get: {
      parameters: {
        query?: {
          /**
           * Rows at once; default 20
           * Whole number, 1 to 100.
           */
          limit?: number
          /**
           * Rows left out at the beginning; default 0
           * Whole number, 0 to 2147483647.
           */
          offset?: number
          /**
           * The page, from 1; instead of offset; default 1
           * Whole number, 1 to 2147483647.
           */
          page?: number
          /**
           * Rows on a page; instead of limit; default 20
           * Whole number, 1 to 100.
           */
          pageSize?: number
          /**
           * Where to go on: what the page before said is next; empty for the first page. With limit or the size of a page alone
           * At most 4096 characters.
           */
          cursor?: string
          /** Columns, joined by commas, each once, - for descending, the key last: id, title, body, excerpt, slug, createdAt, updatedAt */
          sort?: string
          /** Whether all rows are counted; default true, by cursor false */
          total?: boolean
          /**
           * Equal to it
           * Uuid.
           */
          id?: string
          /**
           * Another value, and not null
           * Uuid.
           */
          'id[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'id[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'id[notIn]'?: string[]
          /**
           * Greater, or later
           * Uuid.
           */
          'id[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Uuid.
           */
          'id[gte]'?: string
          /**
           * Less, or earlier
           * Uuid.
           */
          'id[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Uuid.
           */
          'id[lte]'?: string
          /** Equal to it */
          title?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'title[in]'?: string[]
          /** The text stands in it, without case */
          'title[contains]'?: string
          /** Equal to it */
          body?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'body[in]'?: string[]
          /** Equal to it */
          excerpt?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'excerpt[in]'?: string[]
          /** Whether it is null */
          'excerpt[null]'?: boolean
          /** Equal to it */
          slug?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'slug[in]'?: string[]
          /**
           * Equal to it
           * Date-time.
           */
          createdAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'createdAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'createdAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'createdAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'createdAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'createdAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'createdAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'createdAt[lte]'?: string
          /**
           * Equal to it
           * Date-time.
           */
          updatedAt?: string
          /**
           * Another value, and not null
           * Date-time.
           */
          'updatedAt[not]'?: string
          /**
           * One of these; the name is repeated for each, at most 500
           * 1 to 500 items.
           */
          'updatedAt[in]'?: string[]
          /**
           * None of these, and not null; the name is repeated for each
           * 1 to 500 items.
           */
          'updatedAt[notIn]'?: string[]
          /**
           * Greater, or later
           * Date-time.
           */
          'updatedAt[gt]'?: string
          /**
           * Equal to it, greater, or later
           * Date-time.
           */
          'updatedAt[gte]'?: string
          /**
           * Less, or earlier
           * Date-time.
           */
          'updatedAt[lt]'?: string
          /**
           * Equal to it, less, or earlier
           * Date-time.
           */
          'updatedAt[lte]'?: string
          /** Groups of conditions that all hold: and[label.condition]=value. A condition is the name of a filter, with a dot for each bracket: kcal100g.gte */
          and?: Record<string, string | number | boolean>
          /** Groups of conditions, of which one holds: or[label.condition]=value. Conditions under one label hold together */
          or?: Record<string, string | number | boolean>
          /** Conditions that do not hold together: not[condition]=value. Groups go 3 deep */
          not?: Record<string, string | number | boolean>
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** One page of the rows of Draft that the caller sees. */
        200: {
          headers: {
            'X-Request-Id': string
            'X-Total-Count'?: number
            Link?: string
            'X-Next-Cursor'?: string
            ETag?: string
          }
          content: {
            'application/json': Draft[]
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestCursorInvalidPreconditionMalformed']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Create a Draft */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': DraftCreate
        }
      }
      responses: {
        /** The Draft as it was created. */
        201: {
          headers: {
            'X-Request-Id': string
            Location: string
          }
          content: {
            'application/json': Draft
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts/{id}': {
    /** Get a Draft */
    get: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
        header?: {
          /** The `ETag` of an earlier answer, or several: what has not changed since is answered 304 without a body. */
          'If-None-Match'?: string
        }
      }
      responses: {
        /** The Draft. */
        200: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content: {
            'application/json': Draft
          }
        }
        /** It has not changed. */
        304: {
          headers: {
            'X-Request-Id': string
            ETag?: string
          }
          content?: never
        }
        400: responses['BadRequestPreconditionMalformed']
        401: responses['Unauthenticated']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
    /** Delete a Draft */
    delete: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Draft is deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
    /** Patch a Draft */
    patch: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': DraftPatch
          'application/merge-patch+json': DraftPatch
        }
      }
      responses: {
        /** The Draft as it is now. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Draft
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts/{id}/restore': {
    /** Restore a Draft */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** The Draft as it is again. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Draft
          }
        }
        400: responses['BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFound']
        408: responses['RequestTimeout']
        409: responses['PostPublishedOrUnique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts/bulk': {
    /** Create many Drafts, all or none */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': DraftCreateMany
        }
      }
      responses: {
        /** The rows of Draft as they were created, in the order of the items. */
        201: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Draft[]
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['BulkRefusedOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts/bulk/patch': {
    /** Change many Drafts, all or none */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': DraftPatchMany
        }
      }
      responses: {
        /** The rows of Draft as they are now, in the order of the items. */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Draft[]
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['BulkRefusedOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts/bulk/delete': {
    /** Delete many Drafts, all or none */
    post: {
      parameters: {}
      requestBody: {
        content: {
          'application/json': DraftDeleteMany
        }
      }
      responses: {
        /** The rows of Draft are deleted. */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported']
        401: responses['Unauthenticated']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['BulkRefusedOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/drafts/{id}/publish': {
    /** Publish a draft: it becomes the post of the same id */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Post
          }
        }
        400: responses['BadRequestBodyIncomplete']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/posts/{id}/unpublish': {
    /** Make a post a draft again, out of sight with its comments */
    post: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Draft
          }
        }
        400: responses['BadRequestBodyIncomplete']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        409: responses['Unique']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/posts/{id}/tags': {
    /** Say what a post is about: these tags and no other */
    put: {
      parameters: {
        path: {
          /** Uuid. */
          id: string
        }
      }
      requestBody: {
        content: {
          'application/json': PostTags
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Post
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['ReferenceMissingOrValidation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/posts/{postId}/comments/{id}': {
    /** Take a comment away, as the author of its post or as an admin */
    delete: {
      parameters: {
        path: {
          /** Uuid. */
          postId: string
          /** Uuid. */
          id: string
        }
      }
      responses: {
        /** No Content */
        204: {
          headers: {
            'X-Request-Id': string
          }
          content?: never
        }
        400: responses['BadRequestBodyIncomplete']
        401: responses['Unauthenticated']
        403: responses['Forbidden']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/users/{id}/role': {
    /**
     * Make somebody a reader, an author or an admin
     *
     * Make somebody a reader, an author or an admin
     *
     * The caller needs the role `admin`.
     */
    put: {
      parameters: {
        path: {
          /** Whole number, 1 to 2147483647. */
          id: number
        }
      }
      requestBody: {
        content: {
          'application/json': RoleChange
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': User
          }
        }
        400: responses['BadRequestBodyIncompleteMalformedJson']
        401: responses['Unauthenticated']
        403: responses['RoleMissing']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        409: responses['LastAdmin']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/users/{id}/disable': {
    /**
     * Refuse an account from its next request on
     *
     * Refuse an account from its next request on
     *
     * The caller needs the role `admin`.
     */
    post: {
      parameters: {
        path: {
          /** Whole number, 1 to 2147483647. */
          id: number
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': User
          }
        }
        400: responses['BadRequestBodyIncomplete']
        401: responses['Unauthenticated']
        403: responses['RoleMissing']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        409: responses['LastAdmin']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/users/{id}/enable': {
    /**
     * Let an account log in again
     *
     * Let an account log in again
     *
     * The caller needs the role `admin`.
     */
    post: {
      parameters: {
        path: {
          /** Whole number, 1 to 2147483647. */
          id: number
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': User
          }
        }
        400: responses['BadRequestBodyIncomplete']
        401: responses['Unauthenticated']
        403: responses['RoleMissing']
        404: responses['NotFoundOrRouteNotFound']
        408: responses['RequestTimeout']
        413: responses['BodyTooLarge']
        414: responses['URITooLong']
        415: responses['UnsupportedMediaType']
        417: responses['ExpectationFailed']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull']
      }
    }
  }
  '/v1/admin/drafts': {
    /**
     * The drafts of all authors, latest first
     *
     * The drafts of all authors, latest first
     *
     * The caller needs the role `admin`.
     */
    get: {
      parameters: {
        query?: {
          /** Whole number, 1 to 100. */
          limit?: number
          /** Whole number, 0 to 100000. */
          offset?: number
        }
      }
      responses: {
        /** OK */
        200: {
          headers: {
            'X-Request-Id': string
          }
          content: {
            'application/json': Draft[]
          }
        }
        400: responses['BadRequest']
        401: responses['Unauthenticated']
        403: responses['RoleMissing']
        408: responses['RequestTimeout']
        414: responses['URITooLong']
        417: responses['ExpectationFailed']
        422: responses['Validation']
        429: responses['TooManyRequests']
        431: responses['RequestHeaderFieldsTooLarge']
        500: responses['InternalServerError']
        503: responses['ServiceUnavailable']
      }
    }
  }
}

export interface Author {
  /** Whole number, 1 to 9007199254740991. */
  id: number
  /**
   * Display name
   * 1 to 100 characters.
   */
  name: string
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  posts?: Post[]
  comments?: Comment[]
}

/** The properties that the parameter `fields` asked for. */
export interface AuthorPartial {
  /** Whole number, 1 to 9007199254740991. */
  id?: number
  /**
   * Display name
   * 1 to 100 characters.
   */
  name?: string
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  posts?: Post[]
  comments?: Comment[]
}

export interface Comment {
  /** Uuid. */
  id: string
  /** Uuid. */
  postId: string
  /** Whole number, 1 to 9007199254740991. */
  authorId: number
  /** 1 to 2000 characters. */
  body: string
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  post?: Post | null
  author?: Author | null
}

export interface CommentCreate {
  /** 1 to 2000 characters. */
  body: string
}

/** The properties that the parameter `fields` asked for. */
export interface CommentPartial {
  /** Uuid. */
  id?: string
  /** Uuid. */
  postId?: string
  /** Whole number, 1 to 9007199254740991. */
  authorId?: number
  /** 1 to 2000 characters. */
  body?: string
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  post?: Post | null
  author?: Author | null
}

export interface CommentPatch {
  /** 1 to 2000 characters. */
  body?: string
}

export interface Draft {
  /** Uuid. */
  id: string
  /** 1 to 200 characters. */
  title: string
  /** CommonMark */
  body: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug: string
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  status: 'draft' | 'published'
}

export interface DraftCreate {
  /** 1 to 200 characters. */
  title: string
  /** CommonMark */
  body: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug: string
}

export interface DraftCreateMany {
  /** 1 to 100 items. */
  items: DraftCreate[]
}

export interface DraftDeleteItem {
  /** Uuid. */
  id: string
}

export interface DraftDeleteMany {
  /** 1 to 100 items. */
  items: DraftDeleteItem[]
}

/** The properties that the parameter `fields` asked for. */
export interface DraftPartial {
  /** Uuid. */
  id?: string
  /** 1 to 200 characters. */
  title?: string
  /** CommonMark */
  body?: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug?: string
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  status?: 'draft' | 'published'
}

export interface DraftPatch {
  /** 1 to 200 characters. */
  title?: string
  /** CommonMark */
  body?: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug?: string
}

export interface DraftPatchItem {
  /** Uuid. */
  id: string
  /** 1 to 200 characters. */
  title?: string
  /** CommonMark */
  body?: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug?: string
}

export interface DraftPatchMany {
  /** 1 to 100 items. */
  items: DraftPatchItem[]
}

export interface IssuedTokens {
  /** Sent as `authorization: Bearer <token>` */
  accessToken: string
  /** Good for one use: for the next pair */
  refreshToken: string
  tokenType: 'Bearer'
  /**
   * How long the access token is good, in seconds
   * Whole number, -2147483648 to 2147483647.
   */
  expiresIn: number
}

export interface LinkPreview {
  /** 1 to 2000 characters. */
  url: string
  /** 1 to 300 characters. */
  title: string | null
  /** 1 to 1000 characters. */
  description: string | null
  /** 1 to 2000 characters. */
  image: string | null
}

export interface Login {
  /** 1 to 255 characters. */
  email: string
  /** 1 to 128 characters. */
  password: string
}

export interface PasswordChange {
  /** 1 to 128 characters. */
  current: string
  /**
   * 8 to 128 characters
   * 8 to 128 characters.
   */
  next: string
}

export interface Post {
  /** Uuid. */
  id: string
  /** Whole number, 1 to 9007199254740991. */
  authorId: number
  /** 1 to 200 characters. */
  title: string
  /** CommonMark */
  body: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug: string
  /** Whether it takes new comments */
  areCommentsOpen: boolean
  /** Date-time. */
  publishedAt: string
  /** Whole number, -2147483648 to 2147483647. */
  version: number
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  status: 'draft' | 'published'
  author?: Author | null
  comments?: Comment[]
  postTags?: PostTag[]
}

export interface PostCreate {
  /** 1 to 200 characters. */
  title: string
  /** CommonMark */
  body: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug: string
  /** Whether it takes new comments */
  areCommentsOpen?: boolean
}

export interface PostLine {
  /** Uuid. */
  id: string
  /** Whole number, 1 to 9007199254740991. */
  authorId: number
  /** 1 to 200 characters. */
  title: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug: string
  /** Whether it takes new comments */
  areCommentsOpen: boolean
  /** Date-time. */
  publishedAt: string
  /** Whole number, -2147483648 to 2147483647. */
  version: number
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  author?: Author | null
  comments?: Comment[]
  postTags?: PostTag[]
}

/** The properties that the parameter `fields` asked for. */
export interface PostLinePartial {
  /** Uuid. */
  id?: string
  /** Whole number, 1 to 9007199254740991. */
  authorId?: number
  /** 1 to 200 characters. */
  title?: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug?: string
  /** Whether it takes new comments */
  areCommentsOpen?: boolean
  /** Date-time. */
  publishedAt?: string
  /** Whole number, -2147483648 to 2147483647. */
  version?: number
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  author?: Author | null
  comments?: Comment[]
  postTags?: PostTag[]
}

/** The properties that the parameter `fields` asked for. */
export interface PostPartial {
  /** Uuid. */
  id?: string
  /** Whole number, 1 to 9007199254740991. */
  authorId?: number
  /** 1 to 200 characters. */
  title?: string
  /** CommonMark */
  body?: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug?: string
  /** Whether it takes new comments */
  areCommentsOpen?: boolean
  /** Date-time. */
  publishedAt?: string
  /** Whole number, -2147483648 to 2147483647. */
  version?: number
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  status?: 'draft' | 'published'
  author?: Author | null
  comments?: Comment[]
  postTags?: PostTag[]
}

export interface PostPatch {
  /** 1 to 200 characters. */
  title?: string
  /** CommonMark */
  body?: string
  /**
   * A few words for lists
   * 1 to 500 characters.
   */
  excerpt?: string | null
  /**
   * Its address: small letters, digits and single hyphens
   * 1 to 100 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/.
   */
  slug?: string
  /** Whether it takes new comments */
  areCommentsOpen?: boolean
}

export interface PostTag {
  /** Uuid. */
  postId: string
  /** Whole number, 1 to 9007199254740991. */
  tagId: number
  post?: Post | null
  tag?: Tag | null
}

export interface PostTags {
  tagIds: number[]
}

export interface RefreshRequest {
  /** 1 to 255 characters. */
  refreshToken: string
}

export interface RoleChange {
  role: 'reader' | 'author' | 'admin'
}

export interface Tag {
  /** Whole number, 1 to 9007199254740991. */
  id: number
  /** 1 to 50 characters. */
  name: string
  /** 1 to 50 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/. */
  slug: string
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
  postTags?: PostTag[]
}

export interface TagCreate {
  /** 1 to 50 characters. */
  name: string
  /** 1 to 50 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/. */
  slug: string
}

/** The properties that the parameter `fields` asked for. */
export interface TagPartial {
  /** Whole number, 1 to 9007199254740991. */
  id?: number
  /** 1 to 50 characters. */
  name?: string
  /** 1 to 50 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/. */
  slug?: string
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
  postTags?: PostTag[]
}

export interface TagPatch {
  /** 1 to 50 characters. */
  name?: string
  /** 1 to 50 characters, /^[a-z0-9]+(?:-[a-z0-9]+)*$/. */
  slug?: string
}

export interface User {
  /** Whole number, 1 to 9007199254740991. */
  id: number
  /**
   * Unique without case
   * 3 to 255 characters, email.
   */
  email: string
  isActive: boolean
  /**
   * What others see
   * 1 to 100 characters.
   */
  displayName: string
  role: 'reader' | 'author' | 'admin'
  /** Date-time. */
  createdAt: string
  /** Date-time. */
  updatedAt: string
}

export interface UserCreate {
  /**
   * Unique without case
   * 3 to 255 characters, email.
   */
  email: string
  /**
   * What others see
   * 1 to 100 characters.
   */
  displayName: string
  /**
   * 8 to 128 characters
   * 8 to 128 characters.
   */
  password: string
}

/** The properties that the parameter `fields` asked for. */
export interface UserPartial {
  /** Whole number, 1 to 9007199254740991. */
  id?: number
  /**
   * Unique without case
   * 3 to 255 characters, email.
   */
  email?: string
  isActive?: boolean
  /**
   * What others see
   * 1 to 100 characters.
   */
  displayName?: string
  role?: 'reader' | 'author' | 'admin'
  /** Date-time. */
  createdAt?: string
  /** Date-time. */
  updatedAt?: string
}

export interface UserPatch {
  /**
   * What others see
   * 1 to 100 characters.
   */
  displayName?: string
}

export interface ValidationIssue {
  in: 'body' | 'query' | 'path' | 'header'
  path: string
  code: string
  message: string
}

/** Answers that several operations have in common. */
export interface responses {
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequest: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncomplete: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'BODY_INCOMPLETE' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompleteMalformedJson: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'BODY_INCOMPLETE' | 'MALFORMED_JSON' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompleteMalformedJsonPreconditionMalformed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code:
          | 'BODY_INCOMPLETE'
          | 'MALFORMED_JSON'
          | 'PRECONDITION_MALFORMED'
          | 'REQUEST_MALFORMED'
          | 'UNKNOWN_QUERY'
          | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompleteMalformedJsonPreconditionMalformedPreconditionUnsupported: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code:
          | 'BODY_INCOMPLETE'
          | 'MALFORMED_JSON'
          | 'PRECONDITION_MALFORMED'
          | 'PRECONDITION_UNSUPPORTED'
          | 'REQUEST_MALFORMED'
          | 'UNKNOWN_QUERY'
          | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestBodyIncompletePreconditionMalformedPreconditionUnsupported: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code:
          | 'BODY_INCOMPLETE'
          | 'PRECONDITION_MALFORMED'
          | 'PRECONDITION_UNSUPPORTED'
          | 'REQUEST_MALFORMED'
          | 'UNKNOWN_QUERY'
          | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestCursorInvalidPreconditionMalformed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'CURSOR_INVALID' | 'PRECONDITION_MALFORMED' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request cannot be read, or names something in its query that is not known. */
  BadRequestPreconditionMalformed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'PRECONDITION_MALFORMED' | 'REQUEST_MALFORMED' | 'UNKNOWN_QUERY' | 'URL_MALFORMED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The body is larger than the server reads. */
  BodyTooLarge: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'BODY_TOO_LARGE'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Values break rules; the errors say which. */
  BulkRefusedOrValidation: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'BULK_REFUSED' | 'VALIDATION'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Whoever asks may not do this. */
  CommentsClosed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'COMMENTS_CLOSED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  EmailTaken: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'EMAIL_TAKEN'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request expects something that no server here does. */
  ExpectationFailed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'EXPECTATION_FAILED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Whoever asks may not do this. */
  Forbidden: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'FORBIDDEN'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Whoever asks may not do this. */
  ForbiddenOrRoleMissing: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'FORBIDDEN' | 'ROLE_MISSING'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The server failed; the log has the reason under the id of the request. */
  InternalServerError: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'INTERNAL'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  LastAdmin: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'LAST_ADMIN'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Nobody known is asking: the credential is missing, wrong or expired. */
  LoginFailed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'WWW-Authenticate': string
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'LOGIN_FAILED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** There is no such thing for whoever asks. */
  NotFound: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'NOT_FOUND'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** There is no such thing for whoever asks. */
  NotFoundOrRouteNotFound: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'NOT_FOUND' | 'ROUTE_NOT_FOUND'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Whoever asks may not do this. */
  PasswordWrong: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'PASSWORD_WRONG'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  PostPublishedOrUnique: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'POST_PUBLISHED' | 'UNIQUE'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** What is there is not what the request expects. */
  PreconditionFailed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'PRECONDITION_FAILED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Values break rules; the errors say which. */
  ReferenceMissingOrValidation: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'REFERENCE_MISSING' | 'VALIDATION'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Nobody known is asking: the credential is missing, wrong or expired. */
  RefreshFailed: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'WWW-Authenticate': string
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'REFRESH_FAILED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The headers are larger than the server reads. */
  RequestHeaderFieldsTooLarge: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'HEADERS_TOO_LARGE'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The request did not arrive in time. */
  RequestTimeout: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'REQUEST_TIMEOUT'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Whoever asks may not do this. */
  RoleMissing: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'ROLE_MISSING'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The database does not answer at the moment; trying again may help. */
  ServiceUnavailable: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'DATABASE_BUSY' | 'DATABASE_CLOSED' | 'DATABASE_TIMEOUT' | 'DATABASE_UNAVAILABLE' | 'POOL_TIMEOUT'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The database does not answer at the moment; trying again may help. */
  ServiceUnavailableCommitUnknownDatabaseReadOnlyPasswordQueueFullStorageFull: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code:
          | 'COMMIT_UNKNOWN'
          | 'DATABASE_BUSY'
          | 'DATABASE_CLOSED'
          | 'DATABASE_READ_ONLY'
          | 'DATABASE_TIMEOUT'
          | 'DATABASE_UNAVAILABLE'
          | 'PASSWORD_QUEUE_FULL'
          | 'POOL_TIMEOUT'
          | 'STORAGE_FULL'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The database does not answer at the moment; trying again may help. */
  ServiceUnavailableCommitUnknownDatabaseReadOnlyStorageFull: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code:
          | 'COMMIT_UNKNOWN'
          | 'DATABASE_BUSY'
          | 'DATABASE_CLOSED'
          | 'DATABASE_READ_ONLY'
          | 'DATABASE_TIMEOUT'
          | 'DATABASE_UNAVAILABLE'
          | 'POOL_TIMEOUT'
          | 'STORAGE_FULL'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Too many requests came from there. */
  TooManyRequests: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'RATE_LIMITED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Too many requests came from there. */
  TooManyRequestsTooManyAttempts: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'Retry-After'?: number
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'RATE_LIMITED' | 'TOO_MANY_ATTEMPTS'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The URL is longer than the server reads. */
  URITooLong: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'URL_TOO_LONG'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Nobody known is asking: the credential is missing, wrong or expired. */
  Unauthenticated: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
      'WWW-Authenticate': string
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'UNAUTHENTICATED'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The present state of the data stands against it. */
  Unique: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'UNIQUE'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** The body is not sent as one of the media types that are read. */
  UnsupportedMediaType: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'UNSUPPORTED_MEDIA_TYPE'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
  /** Values break rules; the errors say which. */
  Validation: {
    headers: {
      'X-Request-Id': string
      'Content-Language': 'en' | 'zh'
    }
    content: {
      'application/problem+json': {
        /** Uri-reference. */
        type: string
        title: string
        /** Whole number, 400 to 599. */
        status: number
        detail: string
        code: 'VALIDATION'
        requestId: string
        errors?: ValidationIssue[]
      }
    }
  }
}

/** Every code that an error of this API may have; later versions may have more. */
export type ErrorCode =
  | 'BODY_INCOMPLETE'
  | 'BODY_TOO_LARGE'
  | 'BULK_REFUSED'
  | 'COMMENTS_CLOSED'
  | 'COMMIT_UNKNOWN'
  | 'CURSOR_INVALID'
  | 'DATABASE_BUSY'
  | 'DATABASE_CLOSED'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_TIMEOUT'
  | 'DATABASE_UNAVAILABLE'
  | 'EMAIL_TAKEN'
  | 'EXPECTATION_FAILED'
  | 'FORBIDDEN'
  | 'HEADERS_TOO_LARGE'
  | 'INTERNAL'
  | 'LAST_ADMIN'
  | 'LOGIN_FAILED'
  | 'MALFORMED_JSON'
  | 'NOT_FOUND'
  | 'PASSWORD_QUEUE_FULL'
  | 'PASSWORD_WRONG'
  | 'POOL_TIMEOUT'
  | 'POST_PUBLISHED'
  | 'PRECONDITION_FAILED'
  | 'PRECONDITION_MALFORMED'
  | 'PRECONDITION_UNSUPPORTED'
  | 'RATE_LIMITED'
  | 'REFERENCE_MISSING'
  | 'REFRESH_FAILED'
  | 'REQUEST_MALFORMED'
  | 'REQUEST_TIMEOUT'
  | 'ROLE_MISSING'
  | 'ROUTE_NOT_FOUND'
  | 'STORAGE_FULL'
  | 'TOO_MANY_ATTEMPTS'
  | 'UNAUTHENTICATED'
  | 'UNIQUE'
  | 'UNKNOWN_QUERY'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'URL_MALFORMED'
  | 'URL_TOO_LONG'
  | 'VALIDATION'
