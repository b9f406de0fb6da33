import { collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';

/** A number of the service, read whenever the metrics are asked for. */
export interface MetricSource {
  /** Prometheus name with its unit, such as `credatlas_records_total`. */
  name: string;
  help: string;
  read(): number | Promise<number>;
}

/** Seconds; from an answer out of memory to the time limit. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** OpenMetrics of one app, in a registry of its own so that two apps in one process do not mix. */
export class RequestMetrics {
  readonly #registry = new Registry<OpenMetricsContentType>();
  readonly #durations: Histogram<'method' | 'route' | 'status'>;

  constructor(sources: readonly MetricSource[]) {
    this.#registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    collectDefaultMetrics({ register: this.#registry });
    this.#durations = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: durationBuckets,
      registers: [this.#registry],
    });
    for (const { name, help, read } of sources) {
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        async collect() {
          this.set(await read());
        },
      });
    }
  }

  /** `route` is the pattern, never the address, so that the number of series stays bounded. */
  observe({ seconds, ...labels }: { method: string; route: string; status: string; seconds: number }): void {
    this.#durations.observe(labels, seconds);
  }

  get mediaType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
