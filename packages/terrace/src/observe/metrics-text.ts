/** What was measured, as whoever collects it reads it. */
export interface MetricsText {
  readonly contentType: string
  text(): Promise<string>
}
