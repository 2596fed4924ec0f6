"use strict";
const at = id => document.getElementById(id), WAIT_MS = 120;
const answer = at("answer"), words = at("words").dataset, usual = at("histories").options[0].value;
class Refused extends Error {}
let running = null, waiting = 0;

function stated() {
  const said = new URLSearchParams();
  for (const row of document.querySelectorAll("fieldset[data-key]")) {
    const field = name => row.querySelector("[name=" + name + "]").value;
    const days = row.dataset.group === "policy" ? [field("first"), field("last")] : [];
    said.append(row.dataset.group, [row.dataset.key, ...days, field("value")].join(","));
  }
  if (at("histories").value !== usual) said.append("histories", at("histories").value);
  return said.toString();
}

function told(wrong) { at("wrong").textContent = wrong; }

function shown(line) {
  if (line.error) { told(line.error); return; }
  for (const name of Object.keys(line.parts)) {
    const part = at("part-" + name), opened = [...part.querySelectorAll("details")].map(each => each.open);
    part.innerHTML = line.parts[name];
    part.querySelectorAll("details").forEach((each, i) => { each.open = !!opened[i]; });
  }
  at("status").textContent = line.status;
}

async function run() {
  running?.abort();
  const mine = running = new AbortController(), query = stated(), asked = query ? "?" + query : "";
  history.replaceState(null, "", location.pathname + asked);
  at("yaml").href = "/scenario.yaml" + asked;
  at("report").href = "/report.html" + asked;
  answer.setAttribute("aria-busy", "true");
  told("");
  at("status").textContent = words.running;
  try {
    const reply = await fetch("/run" + asked, { signal: mine.signal });
    if (!reply.ok) throw new Refused(await reply.text());
    const reader = reply.body.getReader(), decoder = new TextDecoder();
    for (let rest = "", next; !(next = await reader.read()).done;) {
      const lines = (rest + decoder.decode(next.value, { stream: true })).split("\n");
      rest = lines.pop();
      if (running === mine) lines.forEach(each => shown(JSON.parse(each)));
    }
  } catch (error) {
    if (error instanceof Refused) told(error.message);
    else if (error.name !== "AbortError") told(words.noAnswer);
  }
  if (running === mine) { answer.setAttribute("aria-busy", "false"); running = null; }
}

function moved() {
  clearTimeout(waiting);
  if (at("hold").checked) {
    running?.abort();
    at("status").textContent = words.held;
  } else {
    waiting = setTimeout(run, WAIT_MS);
  }
}

async function add(group) {
  const lists = { policy: "add-policy", assume: "add-assume" };
  const key = at(lists[group]).value;
  const reply = await fetch("/row?" + new URLSearchParams({ group, key }));
  if (!reply.ok) { told(await reply.text()); return; }
  at(group).insertAdjacentHTML("beforeend", await reply.text());
  at(group).lastElementChild.querySelector("input, select").focus();
  moved();
}

at("levers").addEventListener("input", event => {
  const row = event.target.closest("fieldset[data-key]"), name = event.target.name;
  if (!row) { if (event.target.id === "histories") moved(); return; }
  const slider = row.querySelector("[name=slider]");
  if (name === "slider") row.querySelector("[name=value]").value = event.target.value;
  if (name === "value" && slider) slider.value = event.target.value;
  moved();
});
at("levers").addEventListener("submit", event => event.preventDefault());
at("levers").addEventListener("click", event => {
  const group = event.target.dataset.add;
  if (group) add(group);
  if ("remove" in event.target.dataset) {
    event.target.closest("fieldset").remove();
    document.querySelector("[data-add]").focus();
    moved();
  }
});
at("hold").addEventListener("change", event => { if (!event.target.checked) moved(); });
at("run").addEventListener("click", () => { clearTimeout(waiting); run(); });
at("copy").addEventListener("click", async event => {
  try { await navigator.clipboard.writeText(location.href); event.target.textContent = words.copied; }
  catch { event.target.textContent = words.copyFailed; }
});
run();
