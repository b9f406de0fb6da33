import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from '@credatlas/ports';
import swaggerFolder from 'swagger-ui-dist/absolute-path.js';
import { pageRoute } from './pageRoute.ts';
import { phraseOf, statusMeanings } from './problem.ts';
import { problemCodes } from './problemCodes.ts';

/** Its files change only with a new version of the library. */
const assetAge = { 'cache-control': 'public, max-age=86400' };

/** The API's documentation for people, served from here alone: Swagger UI, and the page that problem types point to. */
export function documentationPages(title: string): Route[] {
  const asset = (file: string, mediaType: string): Route =>
    pageRoute(`/docs/${file}`, async () => ({
      body: await readFile(join(swaggerFolder(), file)),
      mediaType,
      headers: assetAge,
    }));
  return [
    pageRoute('/docs', async () => ({ body: shell(title), mediaType: 'text/html' })),
    pageRoute('/docs/problems', async () => ({ body: problemPage(title), mediaType: 'text/html' })),
    pageRoute('/docs/start.js', async () => ({ body: start, mediaType: 'text/javascript', headers: assetAge })),
    asset('swagger-ui.css', 'text/css'),
    asset('swagger-ui-bundle.js', 'text/javascript'),
    asset('favicon-32x32.png', 'image/png'),
  ];
}

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n`;

function shell(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: the API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="docs"><noscript>This page needs JavaScript. The same description: <a href="/openapi.json">/openapi.json</a>.</noscript></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
}

function problemPage(title: string): string {
  const statuses = Object.entries(statusMeanings)
    .map(([status, meaning]) => `<dt>${status} ${phraseOf(Number(status))}</dt><dd>${code(meaning)}</dd>`)
    .join('\n');
  const codes = problemCodes
    .map(
      (each) => `<dt id="${each.code}"><code>${each.code}</code> (${each.status})</dt><dd>${code(each.meaning)}</dd>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: problems</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
dt { margin-top: 1rem; font-weight: 600; }
:target { background: Highlight; color: HighlightText; }
</style>
</head>
<body>
<main>
<h1>Problems</h1>
<p>Every refusal is a problem document (RFC 9457). Its <code>code</code> is stable, <code>detail</code> says what was wrong and what to do, <code>errors</code> says where. Quote <code>requestId</code> when you report one.</p>
<h2>By status</h2>
<dl>
${statuses}
</dl>
<h2>By code</h2>
<dl>
${codes}
</dl>
</main>
</body>
</html>
`;
}

function code(text: string): string {
  return text.replace(/`([^`]+)`/g, '<code>$1</code>');
}
