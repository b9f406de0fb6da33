export { type App, type AppOptions, createApp } from './createApp.ts';
export type { ExchangeLimits, HttpAnswer, TokenVerifier } from './exchange.ts';
export { type Invocation, invokeRoute } from './invokeRoute.ts';
export { type HttpServer, type ListenOptions, listen, type RequestHandler } from './listen.ts';
export { openApiDocument } from './openApiDocument.ts';
export { pageRoute } from './pageRoute.ts';
export type { MetricSource } from './RequestMetrics.ts';
export type { Readiness } from './serviceRoutes.ts';
