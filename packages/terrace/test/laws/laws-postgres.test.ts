import { holdLawsOn, isLong } from './hold-laws-on.ts'

holdLawsOn(isLong ? ['postgres', 'pglite'] : ['postgres'])
