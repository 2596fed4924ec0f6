// Enhances what is already there; without it every number can be read and every figure be chosen.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const by = id => document.getElementById(id), words = by("words").dataset, html = document.documentElement;
html.classList.add("scripted");
const write = value => value.toLocaleString(words.locale, Math.abs(value) < 10 && value % 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 }).replace("-", "\u2212");
const rounded = value => value ? write(Number(value.toPrecision(2))) : "0";
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, key) => values[key]);

// Values of a curve are read back from its drawing: the page holds them once.
const LEFT = 46, RIGHT = 8, TOP = 10, BOTTOM = 22, WIDTH = 372, HEIGHT = 220;
const points = path => {
  const steps = path.getAttribute("d").match(/-?\d*\.?\d+/g).map(Number), found = [];
  for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) found.push([x += steps[i], y += steps[i + 1]]);
  return found;
};
const nearest = (line, x) => line.reduce((best, point) => Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best);
function read(svg, day) {
  const panel = svg.querySelector(".panel"), { start, days, top } = panel.dataset, last = days - 1;
  day = Math.max(0, Math.min(last, day));
  svg.dataset.day = day;
  const x = LEFT + day * (WIDTH - LEFT - RIGHT) / Math.max(1, last);
  const value = y => rounded(Math.max(0, (HEIGHT - BOTTOM - y) / (HEIGHT - TOP - BOTTOM) * top));
  const outer = all(".band[data-low='0']", panel);
  const told = all(".median", panel).map((median, i) => {
    const edge = points(outer[i]), half = edge.length / 2;
    const [high, low] = [edge.slice(0, half), edge.slice(half)].map(line => value(nearest(line, x)[1]));
    return String.fromCharCode(65 + i) + ": " + fill(words.value, { median: value(nearest(points(median), x)[1]), low, high });
  });
  const record = panel.querySelector(`.record[data-day="${day}"]`);
  if (record) told.push(fill(words.published, { value: write(+record.dataset.value) }));
  const date = new Date(start + "T00:00:00Z"); date.setUTCDate(date.getUTCDate() + day);
  const when = date.toLocaleDateString(words.locale, { dateStyle: "long", timeZone: "UTC" });
  let mark = panel.querySelector(".mark");
  if (!mark) panel.append(mark = document.createElementNS(svg.namespaceURI, "path")), mark.setAttribute("class", "mark");
  mark.setAttribute("d", `M${x} ${TOP}V${HEIGHT - BOTTOM}`);
  document.querySelector(".tip").textContent = `${svg.closest("figure").querySelector("figcaption").textContent}, ${when}. ${told.join("; ")}`;
}
all(".panel").forEach(panel => {
  const svg = panel.ownerSVGElement;
  svg.setAttribute("tabindex", "0");
  const at = event => {
    const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) / box.width * WIDTH;
    read(svg, Math.round((x - LEFT) / (WIDTH - LEFT - RIGHT) * (panel.dataset.days - 1)));
  };
  svg.addEventListener("pointermove", at); svg.addEventListener("pointerdown", at);
  svg.addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -1e6, End: 1e6 }[event.key];
    if (step) { event.preventDefault(); read(svg, +(svg.dataset.day || 0) + step); }
  });
});

// Maps: a week at a time.
const week = by("week"), play = by("play"), LIMITS = [0.1, 0.3, 1, 3];
function show() {
  const at = +week.value, label = week.dataset.labels.split("|")[at];
  by("shown").textContent = label; week.setAttribute("aria-valuetext", label);
  all("[data-weeks]").forEach(use => {
    const value = +use.dataset.weeks.split(" ")[at];
    use.setAttribute("class", "c" + LIMITS.filter(limit => value / use.dataset.km >= limit).length);
    use.querySelector("title").textContent = fill(words.stretch, { name: use.dataset.name, value: rounded(value) });
  });
}
let timer = 0;
function stop() { clearInterval(timer); timer = 0; play.textContent = play.dataset.play; }
function next() { if (+week.value >= +week.max) return stop(); week.value = +week.value + 1; show(); }
if (week) {
  week.addEventListener("input", () => { if (timer) stop(); show(); });
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (+week.value >= +week.max) week.value = 0;
    next();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    play.textContent = play.dataset.pause; timer = setInterval(next, 400);
  });
}

// One history at a time, the same one in all pictures of dots.
let number = 0;
by("one").addEventListener("click", event => {
  const marks = all(".single"), count = marks[0].dataset.values.split(" ").length, told = event.target.dataset.text;
  number = number % count + 1;
  marks.forEach(mark => {
    const value = +mark.dataset.values.split(" ")[number - 1], { low, scale, edge } = mark.dataset;
    mark.setAttribute("transform", `translate(${Math.max(0, Math.min(WIDTH, +edge + (value - low) * scale))} 0)`);
    mark.classList.add("on");
    mark.closest("figure").querySelector(".one").textContent = fill(told, { number, count, value: (value > 0 ? "+" : "") + rounded(value) });
  });
});

by("copy").addEventListener("click", async event => {
  const text = by("quote").textContent, told = by("copied"), { done, failed } = event.target.dataset;
  try { await navigator.clipboard.writeText(text); told.textContent = done; }
  catch { by("quote").closest("details").open = true; getSelection().selectAllChildren(by("quote")); told.textContent = document.execCommand("copy") ? done : failed; }
});
