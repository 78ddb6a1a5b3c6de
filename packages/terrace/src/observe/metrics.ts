/** What was measured, in a format that its collector reads. */
export interface MetricsText {
  readonly contentType: string
  readonly text: string
}

export interface Metrics {
  read(): Promise<MetricsText>
}
