import { type Html, html } from './html.ts';

/** The frame of every page. */
export function layout(title: string, body: Html): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/pages/style.css">
<script type="module" src="/pages/search.mjs"></script>
</head>
<body>
<a class="skip" href="#results">Skip to the results</a>
<header>
<p class="brand"><a href="/">Credatlas</a></p>
<nav aria-label="Site"><a href="/docs">API</a> <a href="/openapi.json">OpenAPI</a></nav>
</header>
<main>
${body}
</main>
</body>
</html>
`;
  return page.html;
}
