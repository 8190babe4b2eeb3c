// Headline figures, scenarios side by side, calibration, inputs and assumptions.

const named = (figure) => make("span", { class: figure.part ? "part" : undefined }, figure.short);

function drawFigures() {
  const of = scenario();
  const other = beside();
  const headlines = of.figures.filter((figure) => figure.headline);
  const shown = headlines.length ? headlines : of.figures;
  const rows = [];
  for (const figure of shown) {
    rows.push(Object.assign([named(figure), unitOf(figure.unit), ...figure.values.map((value) => valued(value))], { key: figure.name }));
    const before = other?.figures.find((one) => one.name === figure.name);
    if (!before) continue;
    const differences = of.years.map((year, position) => {
      const there = other.years.indexOf(year);
      return there < 0 ? { text: "" } : valued(figure.values[position] - before.values[there], true);
    });
    rows.push(Object.assign([`  difference from ${other.id}`, "", ...differences], { key: `${figure.name}-difference`, kind: "quiet" }));
  }
  at("figures").replaceChildren(table(["", "unit", ...of.years], rows));
  for (const cell of at("figures").querySelectorAll(`tr > :nth-child(${yearAt() + 3})`)) cell.classList.add("now");
}

/** All scenarios in one year, and each headline over the years with a line for each scenario. */
const hues = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#4d4d4d", "#882255"];
function drawTogether() {
  const base = data.scenarios[data.baseline ?? 0];
  const rows = base.figures.filter((figure) => figure.headline).map((figure) => {
    const values = data.scenarios.map((one) => {
      const own = one.figures.find((other) => other.name === figure.name);
      const position = one.years.indexOf(state.year);
      return own && position >= 0 ? valued(own.values[position]) : { text: "–" };
    });
    return Object.assign([named(figure), unitOf(figure.unit), ...values], { key: figure.name });
  });
  rows.push(Object.assign(["Discounted cost, all years", base.objective_unit, ...data.scenarios.map((one) => valued(one.objective))], { key: "objective" }));
  at("together").replaceChildren(make("p", { class: "quiet" }, `In ${state.year}`), table(["", "unit", ...data.scenarios.map((one) => one.id)], rows));
}
function drawLines(name, { plot, body, element }) {
  const lines = data.scenarios.map((one, position) => ({ one, position, figure: one.figures.find((figure) => figure.name === name) }));
  const shown = lines.filter(({ figure }) => figure);
  element.hidden = !shown.length;
  const drawn = shown.map(({ one, position, figure }) => ({
    x: one.years, y: figure.values, name: one.id, mode: "lines+markers", line: { color: visible(hues[position % hues.length]), width: 2 },
    marker: { size: 5 }, hovertemplate: "%{y:.4~g}<extra>%{fullData.name}</extra>",
  }));
  const years = [...new Set(shown.flatMap(({ one }) => one.years))].sort((a, b) => a - b);
  const value = ({ one, figure }, year) => (one.years.includes(year) ? valued(figure.values[one.years.indexOf(year)]) : { text: "" });
  body.replaceChildren(table(["", ...years], shown.map((line) => Object.assign([line.one.id, ...years.map((year) => value(line, year))], { key: line.one.id }))));
  const unit = unitOf(shown[0]?.figure.unit ?? "");
  return Plotly.react(plot, drawn, layout({ height: 300, xaxis: { tickvals: years }, yaxis: { title: { text: unit } } }), settings);
}

function drawCalibration() {
  const rows = scenario().calibration;
  at("calibration").hidden = !rows.length;
  const percent = (value) => (value === null ? "–" : `${signed.format(Math.round(value * 1000) / 10)} %`);
  const within = rows.filter((row) => row.within).length;
  const place = at("calibration").querySelector(".cards");
  place.replaceChildren(make("div", { class: "card wide" },
    make("p", { class: "quiet" }, `${within} of ${rows.length} are within their tolerance; ! marks the others.`),
    table(["", "year", "unit", "observed", "model", "deviation", "", "source"], rows.map((row) => [
      row.title, { text: String(row.year) }, unitOf(row.unit), valued(row.observed), valued(row.modelled),
      { value: row.deviation, text: percent(row.deviation), class: row.within ? undefined : "off" }, row.within ? "" : "!", row.source,
    ]))));
}

function drawInputs() {
  if (!at("inputs")) return;
  const place = at("inputs").querySelector(".cards");
  const base = data.scenarios[data.baseline];
  const blocks = data.scenarios.map((one, position) => ({ one, rows: data.inputs[position] })).filter(({ one }) => one !== base);
  const mismatches = data.mismatches.map((text) => make("p", { class: "quiet" }, "! " + text));
  place.replaceChildren(...blocks.map(({ one, rows }) => {
    const all = table(["value", base.id, one.id, "where"], rows.map((row) => row.map((text) => text || "–")));
    return make("details", { class: "card wide", id: `inputs-${one.id}` }, make("summary", {}, `${one.id}: ${rows.length} values differ from ${base.id}`), all);
  }), ...mismatches);
}

function drawAssumptions() {
  const place = at("assumptions").querySelector(".cards");
  const search = make("input", { type: "search", placeholder: "search names, values and sources", "aria-label": "Search assumptions" });
  const result = make("div", {});
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = scenario().assumptions.filter((row) => words.every((word) => row.join(" ").toLowerCase().includes(word)));
    const shown = rows.slice(0, 100);
    result.replaceChildren(
      make("p", { class: "quiet" }, `${rows.length} values${rows.length > shown.length ? `, the first ${shown.length} of them shown` : ""}`),
      table(["value", "", "source", "worth", "where"], shown),
    );
  };
  search.addEventListener("input", show);
  place.replaceChildren(make("div", { class: "card wide" }, search, result));
  show();
}
