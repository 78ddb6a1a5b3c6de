/**
 * What the depot's release 2 changes. `added`: objects that release 1 does not know. `additive`: objects that it knows otherwise,
 * and goes on reading and writing; nobody has to allow either. `breaking`: only while nobody else is at work (`maintenance`).
 * `allowed`: also by name, see `depotAllowances`.
 */
export const depotChanges = {
  carriersAreNewAndSeeded: 'added',
  eventsAreNew: 'added',
  shipmentsNameTheirCarrier: 'added',
  workersHaveAPhone: 'added',
  productsHaveAWeight: 'added',
  productNamesAreLonger: 'additive',
  movementsCountFurther: 'additive',
  amountsAreLarger: 'additive',
  levelsAreIntegers: 'additive',
  postcodesMayBeMissing: 'additive',
  lotsMustHaveACode: 'breaking',
  ordersBeginOpen: 'additive',
  docksBeginClosed: 'additive',
  hoursHaveNoDefault: 'breaking',
  amountsAreNotNegative: 'additive',
  skillsGoToTen: 'additive',
  racksAreOfAnyHeight: 'allowed',
  badgeCodesAreUnique: 'additive',
  supplierNamesMayRepeat: 'allowed',
  oneMainContact: 'additive',
  invoicesAreFoundByDay: 'added',
  movementsAreReadBackwards: 'additive',
  cityNamesAreNotIndexed: 'allowed',
  countLinesGoWithTheirCount: 'additive',
  invoicesReferToCustomers: 'breaking',
  hazardsAreDangers: 'breaking',
  customersHaveNames: 'breaking',
  orderedAndDeliveredSwap: 'breaking',
  gatesSwap: 'breaking',
  picturesAreImages: 'breaking',
  suppliersHaveNoFax: 'allowed',
  countersAreGone: 'allowed',
  ordersCanBeReturned: 'additive',
  settingsAreSeeded: 'added',
} as const satisfies Readonly<Record<string, 'added' | 'additive' | 'breaking' | 'allowed'>>

export type DepotChange = keyof typeof depotChanges

/** Whether a release has a change. */
export type Has = (change: DepotChange) => boolean

export const releases = {
  1: () => false,
  2: () => true,
  /** Release 2 as far as release 1 can start on it, too. */
  added: (change) => depotChanges[change] === 'added',
  /** Release 2 as far as release 1 can stay at work. */
  additive: (change) => depotChanges[change] === 'added' || depotChanges[change] === 'additive',
} as const satisfies Readonly<Record<string | number, Has>>

export type Release = keyof typeof releases

export const depotAllowances: readonly string[] = [
  'drop-check racks.ck_racks_height_range',
  'drop-unique suppliers.uq_suppliers_name',
  'drop-index cities.ix_cities_name',
  'drop-column suppliers.fax',
  'drop-table counters',
  // Renamed and altered at once: nothing says that the old rule became the new one.
  'drop-check images.ck_pictures_caption_length',
]
