/** Something that stands against running as things are. */
export interface Finding {
  /** Stable, for whoever lets one be: `SECRET_DEFAULT`. */
  readonly code: string
  /** `problem`: the command fails. `note`: worth a look, and may be right. */
  readonly severity: 'problem' | 'note'
  /** A setting, a route, a package, an option. */
  readonly where: string
  readonly why: string
  readonly remedy: string
}

export const problem = (code: string, where: string, { why, remedy }: Pick<Finding, 'why' | 'remedy'>): Finding => ({
  code,
  severity: 'problem',
  where,
  why,
  remedy,
})

export const note = (code: string, where: string, said: Pick<Finding, 'why' | 'remedy'>): Finding => ({
  ...problem(code, where, said),
  severity: 'note',
})
