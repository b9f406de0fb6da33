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
export function documentationPages({ title, routes }: { title: string; routes: readonly Route[] }): Route[] {
  const asset = (file: string, mediaType: string): Route =>
    pageRoute(`/docs/${file}`, async () => ({
      body: await readFile(join(swaggerFolder(), file)),
      mediaType,
      headers: assetAge,
    }));
  return [
    pageRoute('/docs', async () => ({ body: shell(title), mediaType: 'text/html' })),
    pageRoute('/docs/problems', async () => ({ body: problemPage(title), mediaType: 'text/html' })),
    pageRoute('/docs/stability', async () => ({ body: stabilityPage(title, routes), mediaType: 'text/html' })),
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
  return textPage(
    `${title}: problems`,
    `<h1>Problems</h1>
<p>Every refusal is a problem document (RFC 9457). Its <code>code</code> is stable, <code>detail</code> says what was wrong and what to do, <code>errors</code> says where. Quote <code>requestId</code> when you report one.</p>
<h2>By status</h2>
<dl>
${statuses}
</dl>
<h2>By code</h2>
<dl>
${codes}
</dl>`,
  );
}

/** The promise of README, and the routes that are to go. */
function stabilityPage(title: string, routes: readonly Route[]): string {
  const leaving = routes.flatMap(({ method, path, deprecated }) => {
    if (!deprecated) return [];
    const instead = deprecated.instead ? ` Use <code>${deprecated.instead}</code>.` : '';
    return [
      `<li><code>${method} ${path}</code>: since ${deprecated.since}, gone on ${deprecated.sunset}.${instead}</li>`,
    ];
  });
  return textPage(
    `${title}: stability`,
    `<h1>What stays as it is</h1>
<p>Within <code>/v1</code> no route, parameter, field, filter name or problem code is renamed or taken away, and none changes its meaning. New ones may come at any time: pass over fields that you do not know.</p>
<p>What is to go is marked <code>deprecated</code> in the <a href="/openapi.json">description</a> at least 180 days before. Its answers say so in <code>Deprecation</code> (RFC 9745) and <code>Sunset</code> (RFC 8594), with links to this page and to what takes its place. A change that breaks callers comes as <code>/v2</code>, beside <code>/v1</code>.</p>
<p>Order within a list, the wording of <code>detail</code>, <code>note</code> and <code>why</code>, and cursors are not part of the promise.</p>
<h2>What is to go</h2>
${leaving.length > 0 ? `<ul>${leaving.join('\n')}</ul>` : '<p>Nothing.</p>'}`,
  );
}

function textPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
dt { margin-top: 1rem; font-weight: 600; }
:target { background: Highlight; color: HighlightText; }
</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
}

function code(text: string): string {
  return text.replace(/`([^`]+)`/g, '<code>$1</code>');
}
