import type { ActorKeys, Database, Session } from '../../database/index.ts'
import { errors } from '../../errors/index.ts'
import { IdempotencyStore } from '../../service/index.ts'
import type { IdempotencyKeyModel } from '../../service/index.ts'
import type { Outgoing } from '../outgoing.ts'
import type { KeyFor } from '../key-for.ts'
import type { Log } from '../log.ts'
import { keyIdentity, requestHash } from './idempotency-key.ts'
import type { Asking } from './idempotency-key.ts'
import { sealAnswer, unsealAnswer } from './sealed-answer.ts'
import type { Place, WholeAnswer } from './sealed-answer.ts'

/** How requests may be sent again without being carried out again. */
export interface IdempotencyOptions {
  /** What `idempotencyKeys()` gave, as it stands in the app's graph. */
  readonly keys: IdempotencyKeyModel
  /** How long an answer is kept, in seconds. Default 86400: a day. */
  readonly keepSeconds?: number
}

export interface RepeatableParts {
  readonly options: IdempotencyOptions
  readonly database: Database
  readonly keyFor: KeyFor
  readonly log: Log
}

/** A day. */
const keptSeconds = 86_400

/** How often it is looked for answers that are kept no longer. */
const clearEveryMs = 60_000

/**
 * Requests of a server that have an `idempotency-key`. The first of a key is carried out and its answer kept in the same transaction;
 * another one is given that answer. One that fails keeps nothing: it is carried out when it is sent again.
 */
export class RepeatableRequests {
  readonly #parts: RepeatableParts
  readonly #store: IdempotencyStore
  /** Those of this process that are under way, so that their doubles are told at once, without a connection. */
  readonly #underWay = new Set<string>()
  #clearedAtMs = -Infinity

  constructor(parts: RepeatableParts) {
    this.#parts = parts
    const { keys, keepSeconds = keptSeconds } = parts.options
    this.#store = new IdempotencyStore(keys, { keepSeconds })
  }

  /** `IDEMPOTENCY_KEY_IN_USE` while the same key of the same caller is under way in this process. `leave` it whatever becomes of it. */
  begin(key: string, actor: ActorKeys, asking: Asking): RepeatableRequest {
    const request = requestHash(asking)
    const id = keyIdentity(key, actor, request)
    if (this.#underWay.has(id)) throw errors.IDEMPOTENCY_KEY_IN_USE()
    this.#underWay.add(id)
    const seal = this.#parts.keyFor('idempotency')
    return new RepeatableRequest({ place: { id, request }, store: this.#store, seal }, () => this.#underWay.delete(id))
  }

  /** Once a minute at most. What fails is logged and tried again with a later request. */
  async clearIfDue(): Promise<void> {
    const nowMs = performance.now()
    if (nowMs - this.#clearedAtMs < clearEveryMs) return
    this.#clearedAtMs = nowMs
    try {
      await this.#store.clear(this.#parts.database)
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'answers that are kept no longer could not be cleared away')
    }
  }
}

interface Held {
  readonly place: Place
  readonly store: IdempotencyStore
  readonly seal: Uint8Array
}

/** One request with a key, from before its session until after it. */
export class RepeatableRequest {
  readonly #held: Held
  readonly leave: () => void

  constructor(held: Held, leave: () => void) {
    this.#held = held
    this.leave = leave
  }

  /**
   * The answer of an earlier request; null where this is the first. `IDEMPOTENCY_KEY_IN_USE` while another process has it,
   * `IDEMPOTENCY_KEY_REUSED` where the key was of a request that asked something else, `IDEMPOTENCY_ANSWER_LOST` where the
   * answer cannot be read any more.
   */
  async earlier(session: Session): Promise<Outgoing | null> {
    const { place, store, seal } = this.#held
    const kept = await store.enter(session, place.id)
    if (kept === null) return null
    if (kept.request !== place.request) throw errors.IDEMPOTENCY_KEY_REUSED()
    const { headers, ...answer } = unsealAnswer(kept.answer, seal, place)
    return { ...answer, headers: { ...headers, 'idempotency-replayed': 'true' } }
  }

  /** Keeps the answer, in the transaction of what it answers. */
  async keep(session: Session, answer: WholeAnswer): Promise<void> {
    const { place, store, seal } = this.#held
    await store.keep(session, place.id, { request: place.request, answer: sealAnswer(answer, seal, place) })
  }
}
