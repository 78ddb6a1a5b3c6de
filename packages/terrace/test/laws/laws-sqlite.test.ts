import { holdLawsOn } from './hold-laws-on.ts'

holdLawsOn(['sqliteMemory'])
