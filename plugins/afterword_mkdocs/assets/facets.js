/* Narrows a table by facets and words. The state is in the URL, so it can be shared and the back button works. */
(() => {
  "use strict";
  const form = document.querySelector(".aw-filter");
  const table = document.querySelector("[data-aw-rows]");
  if (!form || !table) return;
  const body = table.tBodies[0];
  const none = document.querySelector(".aw-none");
  const output = form.querySelector("output");
  const chips = form.querySelector(".aw-chips");
  const reset = form.querySelector("[type=reset]");
  const facets = [...form.querySelectorAll(".aw-facet")].map((box) => ({
    box,
    name: box.dataset.awFacet,
    title: box.querySelector("summary").textContent,
    choices: [...box.querySelectorAll("input")].map((input) => ({
      input,
      label: input.parentNode.childNodes[1].textContent.trim(),
      count: input.parentNode.querySelector(".aw-count"),
    })),
  }));
  const row = (tr, at) => ({
    tr,
    at,
    text: tr.textContent.toLowerCase(),
    date: tr.querySelector("time") ? tr.querySelector("time").dateTime : "",
    keys: Object.fromEntries(facets.map(({ name }) => [name, (tr.dataset[name] || "").split("|")])),
    number: (name, other) => (name in tr.dataset ? Number(tr.dataset[name].replace("P", "")) : other),
  });
  let rows = [...body.rows].map(row);
  let sorted = "";
  /* What says no day comes last, whichever way the days run. */
  const byDay = (a, b, way) => !a.date - !b.date || (a.date < b.date ? way : a.date > b.date ? -way : 0) || (a.at - b.at) * way;
  const newest = (a, b) => byDay(a, b, 1);
  const orders = {
    "": (a, b) => a.at - b.at,
    newest,
    oldest: (a, b) => byDay(a, b, -1),
    severity: (a, b) => a.number("rank", 9) - b.number("rank", 9) || newest(a, b),
    slowest: (a, b) => b.number("ttm", -1) - a.number("ttm", -1) || newest(a, b),
    open: (a, b) => b.number("open", 0) - a.number("open", 0) || newest(a, b),
    priority: (a, b) => a.number("urgency", 9) - b.number("urgency", 9) || a.at - b.at,
    age: (a, b) => b.number("age", 0) - a.number("age", 0) || a.at - b.at,
  };

  function show() {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = facets.map(({ choices }) => choices.filter(({ input }) => input.checked).map(({ input }) => input.value));
    const counts = facets.map(() => new Map());
    let visible = 0;
    for (const item of rows) {
      const found = words.every((word) => item.text.includes(word));
      const misses = facets.filter(({ name }, at) => wanted[at].length && !wanted[at].some((key) => item.keys[name].includes(key)));
      item.tr.hidden = !found || misses.length > 0;
      visible += !item.tr.hidden;
      if (!found || misses.length > 1) continue;
      /* A facet counts what would be there if it were not narrowed itself. */
      facets.forEach((facet, at) => {
        if (misses.length && misses[0] !== facet) return;
        for (const key of item.keys[facet.name]) counts[at].set(key, (counts[at].get(key) || 0) + 1);
      });
    }
    facets.forEach(({ box, choices }, at) => {
      box.classList.toggle("aw-used", wanted[at].length > 0);
      for (const { input, count } of choices) {
        count.textContent = counts[at].get(input.value) || 0;
        input.parentNode.classList.toggle("aw-zero", count.textContent === "0" && !input.checked);
      }
    });
    if (sorted !== form.sort.value) {
      sorted = form.sort.value;
      rows.sort(orders[sorted] || orders[""]);
      body.append(...rows.map(({ tr }) => tr));
    }
    output.textContent = `${visible.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    none.hidden = visible > 0;
    table.hidden = visible === 0;
    chips.replaceChildren(...facets.flatMap(({ title, choices }) => choices.filter(({ input }) => input.checked).map(({ input, label }) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.textContent = `${title}: ${label} ×`;
      chip.setAttribute("aria-label", `Remove ${title}: ${label}`);
      chip.onclick = () => { input.checked = false; changed(); output.closest(".aw-state").querySelector("button:not([hidden])")?.focus(); };
      return chip;
    })));
    reset.hidden = !wanted.flat().length && !words.length;
  }

  function read() {
    const query = new URLSearchParams(location.search);
    for (const { name, choices } of facets) {
      const keys = query.getAll(name);
      for (const { input } of choices) input.checked = keys.includes(input.value);
    }
    form.q.value = query.get("q") || "";
    form.sort.value = query.get("sort") || "";
    if (form.sort.selectedIndex < 0) form.sort.value = "";
    show();
  }

  function changed(how = "pushState") {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history[how](null, "", `${location.pathname}${`${query}` && `?${query}`}${location.hash}`);
    show();
  }

  function close(except) {
    for (const { box } of facets) if (box !== except) box.open = false;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => changed(event.target === form.q ? "replaceState" : "pushState"));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const { choices } of facets) for (const { input } of choices) input.checked = false;
    form.q.value = "";
    changed();
    form.q.focus();
  });
  for (const { box } of facets) box.addEventListener("toggle", () => box.open && close(box));
  document.addEventListener("click", (event) => close(event.target.closest(".aw-facet")));
  document.addEventListener("keydown", (event) => {
    const open = facets.find(({ box }) => box.open);
    if (event.key !== "Escape" || !open) return;
    open.box.open = false;
    open.box.querySelector("summary").focus();
  });
  addEventListener("popstate", read);
  form.hidden = false;
  read();

  /* The page carries the newest rows only: the others come from the same data as JSON. */
  const { awList, awShown, awTotal, awRoot } = form.dataset;
  if (!awList || Number(awShown) >= Number(awTotal)) return;
  const label = (name, key) => facets.find((facet) => facet.name === name)?.choices.find(({ input }) => input.value === key)?.label || key;
  const add = (parent, tag, text, css) => {
    const made = parent.appendChild(document.createElement(tag));
    if (text !== undefined) made.textContent = text;
    if (css) made.className = css;
    return made;
  };
  const drawn = (it) => {
    const tr = document.createElement("tr");
    const keys = { severity: [it.severity], service: it.services, team: it.teams, category: [it.category], year: [it.year || "undated"], period: [it.period], kind: [it.kind], origin: [it.origin], status: [it.status] };
    for (const [name, values] of Object.entries(keys)) tr.dataset[name] = (values || []).filter(Boolean).join("|");
    tr.dataset.rank = it.rank;
    if (it.minutes_to_restore !== undefined) tr.dataset.ttm = it.minutes_to_restore;
    if (it.open_actions) tr.dataset.open = it.open_actions;
    const day = add(tr, "td", it.started ? undefined : "undated", "aw-c-date");
    if (it.started) add(day, "time", it.started.slice(0, 10)).dateTime = it.started;
    const severity = add(tr, "td", undefined, "aw-c-sev");
    if (it.severity || it.origin === "public") add(severity, "span", it.severity || "public", `aw-badge ${it.severity ? `aw-sev-${it.rank}` : "aw-plain"}`);
    const title = add(tr, "td", undefined, "aw-c-title");
    add(title, "a", it.title).href = awRoot + it.url;
    if (it.kind !== "incident") add(title, "span", it.kind, "aw-badge aw-plain");
    if (it.status === "draft") add(title, "span", "draft", "aw-badge aw-draft");
    if (it.summary) add(title, "p", it.summary, "aw-sub");
    add(tr, "td", it.organization || (it.services || []).map((key) => label("service", key)).join(", "), "aw-c-where");
    add(tr, "td", it.category ? label("category", it.category) : "–", "aw-c-cause");
    add(tr, "td", it.time_to_restore || "–", "aw-c-ttm aw-num");
    add(tr, "td", it.open_actions || "–", "aw-c-open aw-num");
    return tr;
  };
  fetch(awList).then((answer) => answer.json()).then(({ incidents }) => {
    const there = new Set([...body.querySelectorAll(".aw-c-title > a")].map((link) => link.getAttribute("href")));
    const more = incidents.filter((it) => !there.has(awRoot + it.url)).map(drawn);
    body.append(...more);
    rows = rows.concat(more.map((tr, at) => row(tr, rows.length + at)));
    document.querySelector(".aw-rest")?.remove();
    sorted = "";
    show();
  }).catch(() => {});
})();
