// Makes the search page quicker; without it every control still works by the form alone.
const maxCompared = 10;
const suggestAfterMs = 150;

const form = document.getElementById('search');
if (form) start(form);

function start(search) {
  search.addEventListener('submit', (event) => {
    if (event.submitter?.formAction.endsWith('/compare')) return;
    event.preventDefault();
    go(addressOf(search));
  });
  search.addEventListener('change', (event) => {
    if (event.target.matches('[data-compare]')) return choose(search);
    if (event.target.matches('.filters input, .filters select')) go(addressOf(search));
  });
  search.addEventListener('click', (event) => {
    const link = event.target.closest('.chips a, .pages a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute('href'));
  });
  addEventListener('popstate', () => void show(location.href));
  suggest(document.getElementById('q'));
  if (matchMedia('(max-width: 48rem)').matches) search.querySelector('.filters').open = false;
  choose(search);
}

function addressOf(search) {
  const entries = [...new FormData(search)].filter(([, value]) => value !== '');
  const query = new URLSearchParams(entries).toString();
  return query === '' ? '/' : `/?${query}`;
}

function go(address) {
  history.pushState(null, '', address);
  void show(address);
}

let latest = 0;
async function show(address) {
  const turn = ++latest;
  const results = document.getElementById('results');
  results.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (turn !== latest) return;
    take(page);
  } catch {
    location.assign(address);
  } finally {
    if (turn === latest) results.removeAttribute('aria-busy');
  }
}

/** Only what changed is replaced, so that the focus stays where it is and the count is read out. */
function take(page) {
  document.title = page.title;
  const focused = focusKey(document.activeElement);
  const filters = document.querySelector('.filters');
  const fresh = page.querySelector('.filters');
  fresh.open = filters.open;
  filters.replaceChildren(...fresh.childNodes);
  document.getElementById('results').replaceChildren(...page.getElementById('results').childNodes);
  const q = document.getElementById('q');
  if (document.activeElement !== q) q.value = page.getElementById('q').value;
  if (focused)
    [...document.querySelectorAll('.filters input, .filters select')]
      .find((each) => focusKey(each) === focused)
      ?.focus();
  choose(document.getElementById('search'));
}

function focusKey(element) {
  return element?.closest('.filters') && element.name
    ? `${element.name} ${element.type === 'checkbox' ? element.value : ''}`
    : undefined;
}

/** The address keeps what is chosen, so that it can be sent and survives the next search. */
function choose(search) {
  const ids = new FormData(search).getAll('id');
  const button = search.querySelector('[formaction="/compare"]');
  if (!button) return;
  button.disabled = ids.length < 2 || ids.length > maxCompared;
  document.getElementById('chosen').textContent =
    ids.length === 0
      ? 'Choose two to compare.'
      : ids.length > maxCompared
        ? `${ids.length} chosen; at most ${maxCompared} can be compared.`
        : `${ids.length} chosen`;
  const address = new URL(location.href);
  address.searchParams.delete('id');
  for (const id of ids) address.searchParams.append('id', id);
  if (address.href !== location.href) history.replaceState(null, '', address);
}

function suggest(input) {
  const list = document.getElementById('suggestions');
  let timer;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return;
    timer = setTimeout(async () => {
      const response = await fetch(
        `/v1/suggest?${new URLSearchParams({ q: input.value, kind: 'name,skill', size: 8 })}`,
      );
      if (!response.ok) return;
      const { results } = await response.json();
      list.replaceChildren(...results.map(({ label }) => new Option(label, label)));
    }, suggestAfterMs);
  });
}
