import { OpenSession } from './open-session.ts'
import type { Session, SessionExecutor } from './session.ts'

/** What a DAO needs of a session. `SESSION_FOREIGN` for anything that a database did not open. */
export function executorOf(session: Session): SessionExecutor {
  return OpenSession.executorOf(session)
}
