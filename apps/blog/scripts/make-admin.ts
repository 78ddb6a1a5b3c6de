/**
 * Makes an account an admin: the first one, whom no other can make one, or another where nobody can log in.
 *
 *     npm run make-admin -w blog -- ada@example.com
 *
 * The account has registered as everybody does, so that there is no password but its owner's. Whoever may run this may
 * open the database anyway.
 */
import { loadSettings } from 'terrace/config'
import { openDatabase, unscoped } from 'terrace/database'
import { models } from '../src/models.ts'
import { appSettings } from '../src/settings.ts'
import { UserDao } from '../src/user/user.dao.ts'

const [email, ...rest] = process.argv.slice(2)
if (email === undefined || rest.length > 0) {
  process.stderr.write('usage: npm run make-admin -w blog -- <e-mail of an account>\n')
  process.exit(2)
}
const database = await openDatabase(loadSettings(appSettings).DATABASE_URL, { models })
try {
  const changed = await database.session(unscoped('make-admin'), (session) =>
    session.use(UserDao).updateWhere({ email }, { role: 'admin' }),
  )
  if (changed === 0) process.exitCode = 1
  const said = changed === 0 ? `nobody has registered as ${email}` : `${email} is an admin from the next request on`
  process.stdout.write(`${said}\n`)
} finally {
  await database.close()
}
