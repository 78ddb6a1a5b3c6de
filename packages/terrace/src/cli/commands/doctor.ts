import { fileURLToPath } from 'node:url'
import type { App, StartOptions } from '../../app/index.ts'
import { loadSettings } from '../../config/index.ts'
import { errors, TerraceError } from '../../errors/index.ts'
import { defineCommand, type Outcome } from '../command/command.ts'
import { toggle } from '../command/flag.ts'
import { appFlags, databaseFlags, modelFlags } from '../command/shared-flags.ts'
import type { Project } from '../configure/project.ts'
import { dependencyFindings } from '../doctor/dependency-findings.ts'
import { developmentFindings } from '../doctor/development-findings.ts'
import { problem, type Finding } from '../doctor/finding.ts'
import { installedPackages, type InstalledPackage } from '../doctor/installed-packages.ts'
import { routeFindings } from '../doctor/route-findings.ts'
import { secretFindings } from '../doctor/secret-findings.ts'
import { aligned } from '../print/aligned.ts'
import { counted } from '../print/counted.ts'

interface DoctorResult {
  readonly about: 'development' | 'production'
  readonly findings: readonly Finding[]
  readonly problems: number
}

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Looks at what stands against running the app: here, or with --production before the world.',
  description: [
    'Without a flag: the version of Node, known defects of installed packages, whether the database answers, its driver is installed, the',
    'structure is what the models say, and its clock agrees with this machine’s.',
    '',
    'With --production the app is loaded as it is declared, with the settings of this environment, and nothing is started. It fails on a',
    'secret that has its default or can be guessed, keys of tokens with which a start is refused, CORS open to every origin beside routes with credentials, debug output, routes that',
    'nobody guards or limits, logins without a limit, a dependency under its floor, a database in memory or reached without TLS, open',
    'metrics and documentation, and proxies that are believed whoever they are. What `serve` is given besides the app is seen where',
    '`start` of the configuration says it. No value of a secret is shown.',
  ],
  arguments: {},
  flags: {
    production: toggle('Everything that must not be so where others can reach it.'),
    ...appFlags,
    ...modelFlags,
    ...databaseFlags,
  },
  result: {
    about: '`development` or `production`.',
    findings: 'Each as `{ code, severity, where, why, remedy }`; `severity` is `problem` or `note`.',
    problems: 'How many of them are problems, on which the command fails.',
  },
  exits: { 0: 'there is no problem', 3: 'there are problems: each is told with what to do' },
  examples: [
    { command: 'terrace doctor', does: 'Why does it not start here?' },
    { command: 'terrace doctor --production', does: 'Before the app is started: exit code 3 where it must not be.' },
  ],
  interrupted: 'atOnce',
  async run({ flags, project }): Promise<Outcome<DoctorResult>> {
    const about = flags.production ? 'production' : 'development'
    const installed = installedPackages([project.cwd, fileURLToPath(new URL('../../..', import.meta.url))])
    const { structure = {} } = (project.config.start ?? {}) as StartOptions
    const findings = flags.production
      ? await productionFindings(project, installed)
      : await developmentFindings({
          nodeVersion: process.versions.node,
          url: project.database(),
          models: await project.modelsIfAny(),
          installed,
          following: typeof structure === 'string' ? { policy: structure } : structure,
        })
    return outcome({ about, findings, problems: findings.filter(({ severity }) => severity === 'problem').length })
  },
  show({ findings, about }: DoctorResult, palette) {
    if (findings.length === 0) return [palette.good(`nothing stands against ${wordsFor(about)}`)]
    const heads = findings.map(({ code, severity, where }) => [
      severity === 'problem' ? palette.bad(code) : palette.warn(code),
      palette.name(where),
    ])
    const lines = aligned(heads).flatMap((head, at) => {
      const { why, remedy } = findings[at] as Finding
      return [head, `  ${why}`, palette.dim(`  ${remedy}`)]
    })
    return [...lines, counted(findings.length, 'finding')]
  },
})

function outcome(result: DoctorResult): Outcome<DoctorResult> {
  const { about, findings, problems } = result
  if (problems === 0) return { result }
  const list = findings
    .filter(({ severity }) => severity === 'problem')
    .map(({ code, where, why, remedy }) => `- ${code} ${where}: ${why}. ${remedy}`)
    .join('\n')
  return { result, refusal: errors.DOCTOR_FINDINGS({ values: { count: problems, what: wordsFor(about), list } }) }
}

const wordsFor = (about: DoctorResult['about']): string =>
  about === 'production' ? 'running in production' : 'running here'

async function productionFindings(
  project: Project,
  installed: readonly InstalledPackage[],
): Promise<readonly Finding[]> {
  const app = await project.app()
  const { databaseFindings, exposureFindings, serviceFindings } = await import('../doctor/of-apps.ts')
  const start = project.config.start ?? {}
  const read = settingsOf(app, project)
  const url = start.databaseUrl ?? databaseOf(project, read.values)
  const isRead = read.findings.length === 0
  return [
    ...read.findings,
    ...(app.settings === null || !isRead ? [] : secretFindings(app.settings, read.values)),
    // Keys may come from the settings, and would say the same once more.
    ...(isRead ? await serviceFindings(app) : []),
    ...exposureFindings({ app, start: start as StartOptions, values: read.values, env: project.env }),
    ...routeFindings(app, start),
    ...dependencyFindings(installed),
    ...(url === null ? [] : databaseFindings(url)),
  ]
}

interface ReadSettings {
  readonly values: Readonly<Record<string, unknown>>
  readonly findings: readonly Finding[]
}

/** As a start here would read them; one that could not is a finding. */
function settingsOf({ settings }: App, { env, cwd }: Project): ReadSettings {
  if (settings === null) return { values: {}, findings: [] }
  try {
    return { values: loadSettings(settings, { environment: env, folder: cwd }), findings: [] }
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error
    return { values: {}, findings: [problem(error.code, 'settings', { why: error.message, remedy: error.remedy })] }
  }
}

function databaseOf(project: Project, values: ReadSettings['values']): string | null {
  const declared = values['DATABASE_URL']
  if (typeof declared === 'string') return declared
  try {
    return project.database()
  } catch (error) {
    if (error instanceof TerraceError && error.code === 'CLI_MISSING') return null
    throw error
  }
}
