import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { limitedRole, type LimitedRole } from '../scope/row-security/limited-role.ts'
import { projectFolder, type ProjectFolder } from './project-folder.ts'

const models = `import { actor, graph, model, owner, text, uuid } from 'terrace/model'
const Device = model('devices', { id: uuid().primaryKey() }, { access: actor() })
const Product = model('products', { id: uuid().primaryKey(), deviceId: owner(Device), name: text().length(1, 9) })
export default graph({ Device, Product })
`
const config = (url: string, wall: string): string => `import { defineConfig } from 'terrace/cli'
import models from './models.ts'
export default defineConfig({ database: ${JSON.stringify(url)}, models, rowLevelSecurity: ${wall} })
`

describeEngines(
  'db policies',
  (engine) => {
    let project: ProjectFolder
    let role: LimitedRole
    let url: string

    beforeEach(async () => {
      url = (await engine.fresh()).url
      role = await limitedRole(url)
      project = projectFolder({ 'models.ts': models })
      project.write('terrace.config.ts', config(role.url, 'true'))
    })
    afterEach(async () => {
      project.remove()
      await role.drop()
    })

    const policies = async (): Promise<number> => {
      const [row] = await role.asServer('select count(*)::int as n from pg_policy')
      return Number(row?.['n'])
    }

    test('prints what is missing, makes it, and takes it away', async () => {
      project.write('terrace.config.ts', config(role.url, 'false'))
      await project.terrace(['db', 'sync'])
      const printed = await project.terrace(['db', 'policies'])
      expect([printed.code, printed.err]).toEqual([0, ''])
      expect(printed.out).toContain('create policy "rls_products_all" on "products" for all using (')
      expect(await policies()).toBe(0)
      const applied = (await project.terrace(['db', 'policies', '--apply', '--json'])).json()
      expect(applied.result).toMatchObject({ applied: true, problems: expect.arrayContaining([expect.anything()]) })
      expect(await policies()).toBe(2)
      expect((await project.terrace(['db', 'policies'])).out).toContain('nothing to do')
      expect((await project.terrace(['db', 'policies', '--drop'])).code).toBe(0)
      expect(await policies()).toBe(0)
    })

    test('db sync makes them where the configuration asks for them, and works on with them', async () => {
      expect(await project.terrace(['db', 'sync'])).toMatchObject({ code: 0 })
      expect(await policies()).toBe(2)
      expect((await project.terrace(['db', 'sync', '--quiet'])).code).toBe(0)
      expect((await project.terrace(['db', 'check'])).code).toBe(0)
    })

    test('says of a role in the configuration that no policy holds it', async () => {
      await project.terrace(['db', 'sync'])
      project.write('terrace.config.ts', config(url, `{ role: 'postgres' }`))
      const refused = await project.terrace(['db', 'policies', '--apply', '--json'])
      expect([refused.code, refused.json().error?.code]).toEqual([3, 'RLS_BYPASSED'])
    })
  },
  ['postgres'],
)

describe('db policies on an engine that has none', () => {
  test('is refused, and changes nothing', async () => {
    const project = projectFolder({ 'models.ts': models })
    project.write('terrace.config.ts', config(project.url, 'false'))
    const refused = await project.terrace(['db', 'policies', '--json'])
    expect([refused.code, refused.json().error?.code]).toEqual([2, 'RLS_UNSUPPORTED'])
    project.remove()
  })
})
