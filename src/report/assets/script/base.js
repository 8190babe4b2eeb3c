// What all parts of the page stand on: the data and what of them is chosen, words and numbers, tables, the look of charts.
// The script draws what the data hold; it computes nothing but differences and sums.

const at = (id) => document.getElementById(id);

/** Unpacks what an element holds: text, zipped, in base64. */
async function unpack(id) {
  const bytes = Uint8Array.from(atob(at(id).textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  at(id).remove();
  return new Response(stream).text();
}

// ---- What is chosen. ----

/** Everything on the page, once it is unpacked. */
let data = null;

const state = { scenario: 0, beside: -1, zone: "", year: 0 };

/** Takes the state from the address, which keeps it, so that a view can be passed on. */
function recall() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const positionOf = (id) => data.scenarios.findIndex((scenario) => scenario.id === id);
  state.scenario = Math.max(0, positionOf(asked.get("scenario")));
  state.beside = positionOf(asked.get("beside"));
  state.zone = asked.get("zone") ?? "";
  state.year = Number(asked.get("year")) || 0;
}

const scenario = () => data.scenarios[state.scenario];
const beside = () => (state.beside >= 0 && state.beside !== state.scenario ? data.scenarios[state.beside] : null);
const yearAt = (of = scenario()) => of.years.indexOf(state.year);

function remember() {
  const address = new URLSearchParams({ scenario: scenario().id, zone: state.zone, year: state.year });
  if (beside()) address.set("beside", beside().id);
  history.replaceState(null, "", "#" + address);
}

// ---- Words and numbers. ----

const format = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const signed = new Intl.NumberFormat("en", { maximumSignificantDigits: 4, signDisplay: "exceptZero" });
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
function number(value, isDifference = false) {
  if (value === null || value === undefined) return "–";
  const small = Math.abs(value) < 5e-4 ? 0 : value;
  return (Math.abs(small) >= 1000 && !isDifference ? whole : isDifference ? signed : format).format(small);
}
const unitOf = (unit) => (unit === "1" ? "" : unit);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** A table; each cell is a text, or a number with `value`. */
function table(heads, rows) {
  const cell = (content) => {
    if (content instanceof Node) return make("td", {}, content);
    if (content === null || typeof content !== "object") return make("td", { class: "text" }, String(content ?? ""));
    return make("td", { "data-value": content.value, class: content.class }, content.text);
  };
  const row = (cells) => {
    const line = make("tr", { class: cells.kind }, ...cells.map(cell));
    if (cells.key) line.dataset.key = cells.key;
    return line;
  };
  const isText = (at) => rows.length > 0 && (rows[0][at] instanceof Node || typeof rows[0][at] !== "object");
  const head = make("tr", {}, ...heads.map((text, at) => make("th", { class: isText(at) ? "text" : undefined }, text)));
  return make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map(row))));
}
const valued = (value, isDifference) => ({ value, text: number(value, isDifference) });

// ---- Look. ----

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
function layout(extra) {
  const axis = { gridcolor: css("--line"), zerolinecolor: css("--quiet"), linecolor: css("--line"), automargin: true };
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: "system-ui, sans-serif", size: 12, color: css("--ink") },
    margin: { l: 50, r: 12, t: 12, b: 36 },
    hovermode: "x unified",
    hoverlabel: { bgcolor: css("--card"), font: { color: css("--ink") } },
    legend: { orientation: "h", y: -0.12, font: { size: 11 } },
    ...extra,
    xaxis: { ...axis, ...extra.xaxis },
    yaxis: { ...axis, ...extra.yaxis },
  };
}
const canHover = matchMedia("(hover: hover)").matches;
const settings = { responsive: true, displaylogo: false, displayModeBar: canHover ? "hover" : false, modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"] };

function heightFor(plot, entries) {
  const perLine = Math.max(1, Math.floor((plot.clientWidth || 500) / 150));
  return 310 + 20 * Math.ceil(entries / perLine);
}
