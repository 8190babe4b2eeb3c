// Draws the page: everything shown is in the element `data`; nothing is computed here but differences and sums.
"use strict";

(async () => {
  const at = (id) => document.getElementById(id);

  /** Unpacks what an element holds: text, zipped, in base64. */
  async function unpack(id) {
    const bytes = Uint8Array.from(atob(at(id).textContent.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    at(id).remove();
    return new Response(stream).text();
  }

  const data = JSON.parse(await unpack("data"));
  const library = document.createElement("script");
  library.textContent = await unpack("library");
  document.head.append(library);

  // ---- State: in the address, so that a view can be passed on. ----

  const asked = new URLSearchParams(location.hash.slice(1));
  const positionOf = (id) => data.scenarios.findIndex((scenario) => scenario.id === id);
  const state = {
    scenario: Math.max(0, positionOf(asked.get("scenario"))),
    beside: positionOf(asked.get("beside")),
    zone: asked.get("zone") ?? "",
    year: Number(asked.get("year")) || 0,
  };
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

  // ---- Cards: a chart each, drawn anew whenever something is switched. ----

  const cards = [];
  function card(parent, id, title, text, draw, isWide = false) {
    const plot = make("div", { class: "plot", role: "img", "aria-label": title });
    const values = make("details", {}, make("summary", {}, "Values"));
    const body = make("div", {});
    values.append(body);
    const note = make("p", { class: "quiet" }, text);
    const element = make("article", { class: isWide ? "card wide" : "card", id }, make("h3", {}, title), plot, note, values);
    parent.append(element);
    cards.push(() => draw({ element, plot, note, body, text, title }));
  }

  function section(id, title) {
    const element = make("section", { id }, make("h2", {}, title));
    const inside = make("div", { class: "cards" });
    element.append(inside);
    at("main").append(element);
    return inside;
  }

  /** Series of a chart in the zone that is chosen; those of the whole country where it has none by zone. */
  function inZone(series) {
    const own = series.filter((one) => one.zone === state.zone);
    if (own.length || !state.zone) return { shown: own, isWhole: false };
    const hasZones = series.some((one) => one.zone);
    return { shown: hasZones ? [] : series.filter((one) => one.zone === ""), isWhole: !hasZones };
  }

  /** What a chart shows: its series, or their differences from the same chart beside it, by the years that both have. */
  function content(name) {
    const chart = scenario().charts.find((one) => one.name === name);
    if (!chart) return null;
    const { shown, isWhole } = inZone(chart.series);
    if (!beside()) return { chart, series: shown, years: scenario().years, isWhole, isDifference: false };
    const other = beside().charts.find((one) => one.name === name);
    const others = other ? inZone(other.series).shown : [];
    const years = scenario().years.filter((year) => beside().years.includes(year));
    const value = (of, from, year) => (of ? of.values[from.years.indexOf(year)] ?? 0 : 0);
    const keys = [...new Set([...shown, ...others].map((one) => one.key))];
    const series = keys.map((key) => {
      const [now, before] = [shown, others].map((list) => list.find((one) => one.key === key));
      const values = years.map((year) => value(now, scenario(), year) - value(before, beside(), year));
      return { ...(now ?? before), values };
    });
    const most = Math.max(0, ...series.flatMap((one) => one.values.map(Math.abs)));
    const kept = series.filter((one) => one.values.some((value) => Math.abs(value) > 1e-4 * most));
    return { chart, series: kept, years, isWhole, isDifference: true };
  }

  const sumOf = (series, count) => Array.from({ length: count }, (_, at) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0));

  function traces(form, series, x, isDifference) {
    const asBars = form === "bars" || (form !== "lines" && (x.length < 2 || isDifference));
    const hover = "%{y:.4~g}<extra>%{fullData.name}</extra>";
    const found = [];
    for (const one of series) {
      const base = { x, name: one.title, legendgroup: one.key, hovertemplate: hover };
      if (form === "lines") {
        found.push({ ...base, y: one.values, mode: "lines+markers", line: { color: visible(one.color), width: 2 }, marker: { size: 5 } });
      } else if (asBars) {
        found.push({ ...base, y: one.values, type: "bar", marker: { color: one.color } });
      } else {
        const parts = [["above", (value) => Math.max(value, 0)], ["below", (value) => Math.min(value, 0)]];
        const kept = parts.filter(([, part]) => one.values.some((value) => part(value) !== 0));
        kept.forEach(([group, part], position) => found.push({
          ...base, y: one.values.map(part), mode: "lines", stackgroup: group, line: { width: 0.6, color: one.color },
          fillcolor: one.color, showlegend: position === 0,
        }));
      }
    }
    const sum = sumOf(series, x.length);
    const most = Math.max(0, ...series.flatMap((one) => one.values.map(Math.abs)));
    const needsSum = form === "net" || (isDifference && form !== "lines");
    if (needsSum && series.length > 1 && sum.some((value) => Math.abs(value) > 0.01 * most)) {
      found.push({
        x, y: sum, name: "Sum", mode: "lines+markers", line: { color: css("--ink"), width: 2 }, marker: { size: 6 }, hovertemplate: hover,
      });
    }
    return found;
  }

  /** A colour that can be seen as a line: dark ones are lighter on dark paper. */
  function visible(color) {
    if (document.documentElement.dataset.theme !== "dark") return color;
    const parts = [1, 3, 5].map((from) => parseInt(color.slice(from, from + 2), 16));
    const light = (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255;
    if (!(light < 0.4)) return color;
    return "#" + parts.map((part) => Math.round(part + (255 - part) * 0.45).toString(16).padStart(2, "0")).join("");
  }

  /** The table under a chart. */
  function values(body, { chart, series, years, isDifference }) {
    const heads = ["", "unit", ...years];
    const row = (key, title, unit, numbers, color) => {
      const label = make("span", {}, title);
      if (color) label.prepend(make("i", { class: "swatch", style: `background:${color}` }));
      return Object.assign([label, unitOf(unit), ...numbers.map((value) => valued(value, isDifference))], { key });
    };
    const rows = series.map((one) => row(one.key, one.title, chart.unit, one.values, one.color));
    if (chart.form !== "lines" && series.length > 1) {
      rows.push(Object.assign(row("sum", "Sum", chart.unit, sumOf(series, years.length)), { kind: "sum" }));
    }
    if (chart.plant) {
      const [size, words] = chart.plant;
      for (const one of series) {
        rows.push(row(`${one.key}-plants`, `${one.title}, ${words}`, "", one.values.map((value) => value / size), one.color));
      }
    }
    body.replaceChildren(table(heads, rows));
  }

  function drawChart(name, { plot, note, body, text, element }) {
    const shown = content(name);
    element.hidden = !shown;
    if (!shown) return undefined;
    const words = [text];
    if (shown.isWhole) words.push("For the whole country.");
    if (shown.isDifference) words.push(`Difference from ${beside().id}.`);
    if (!shown.series.length) words.push(shown.isDifference ? "There is none." : "There is nothing of it here.");
    note.textContent = words.filter(Boolean).join(" ");
    values(body, shown);
    const { chart, series, years, isDifference } = shown;
    const drawn = traces(chart.form, series, years, isDifference);
    if (chart.limit && !isDifference) {
      const [level, what] = chart.limit;
      const dashed = { color: css("--quiet"), dash: "dash", width: 1.5 };
      drawn.push({ x: years, y: years.map(() => level), name: what, mode: "lines", line: dashed, hovertemplate: "%{y:.4~g}<extra>%{fullData.name}</extra>" });
    }
    if (chart.plant) {
      const [size, plants] = chart.plant;
      for (const trace of drawn.filter((one) => one.type === "bar")) {
        trace.customdata = trace.y.map((value) => number(value / size));
        trace.hovertemplate = `%{y:.4~g} ${chart.unit}: %{customdata} ${plants}<extra>%{fullData.name}</extra>`;
      }
    }
    const entries = drawn.filter((one) => one.showlegend !== false).length;
    const axes = { xaxis: { tickvals: years, type: years.length < 2 ? "category" : undefined }, yaxis: { title: { text: unitOf(chart.unit) } } };
    return Plotly.react(plot, drawn, layout({ ...axes, barmode: "relative", height: heightFor(plot, entries) }), settings);
  }

  // ---- Hours of chosen days. ----

  function drawDispatch(name, { plot, note, body, text, element }) {
    const chart = scenario().dispatch.find((one) => one.name === name);
    element.hidden = !chart;
    if (!chart) return undefined;
    const series = chart.series.filter((one) => one.zone === state.zone && one.year === state.year);
    const x = chart.steps.map((_, step) => step);
    const drawn = series.map((one, position) => ({
      x, y: one.values, name: one.title, legendgroup: one.key, mode: "lines", line: { width: 0, shape: "hv", color: one.color },
      fillcolor: one.color, stackgroup: one.values.some((value) => value < 0) ? "below" : "above", text: chart.steps,
      showlegend: series.findIndex((other) => other.key === one.key) === position,
      hovertemplate: "%{y:.4~g}<extra>%{fullData.name}</extra>",
    }));
    let start = 0;
    const shapes = [];
    const annotations = [];
    for (const [words, steps] of chart.days) {
      annotations.push({ x: start + steps / 2, y: 1.06, yref: "paper", text: words, showarrow: false, font: { size: 11 } });
      start += steps;
      shapes.push({ type: "line", x0: start - 0.5, x1: start - 0.5, y0: 0, y1: 1, yref: "paper", line: { color: css("--quiet"), width: 1 } });
    }
    shapes.pop();
    const every = Math.max(1, Math.round(chart.steps.length / 12));
    const ticks = x.filter((step) => step % every === 0);
    note.textContent = `${text} ${state.year}; use is below the line.`.trim();
    const entries = drawn.filter((one) => one.showlegend).length;
    const narrow = (plot.clientWidth || 800) < 600;
    body.replaceChildren(table(
      ["", "unit", ...chart.days.map(([words]) => words)],
      series.map((one) => {
        let from = 0;
        const sums = chart.days.map(([, steps]) => {
          const part = one.values.slice(from, from + steps);
          from += steps;
          return valued(part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length));
        });
        return Object.assign([one.title + (one.values.some((value) => value < 0) ? ", use" : ""), `mean ${chart.unit}`, ...sums], { key: one.key });
      }),
    ));
    return Plotly.react(plot, drawn, layout({
      xaxis: { tickvals: ticks, ticktext: ticks.map((step) => chart.steps[step]) }, yaxis: { title: { text: chart.unit } },
      shapes, annotations: narrow ? [] : annotations, margin: { l: 50, r: 12, t: 34, b: 36 }, height: 120 + heightFor(plot, entries),
    }), settings);
  }

  // ---- Flows of energy. ----

  function drawSankey({ plot, note, body, text }) {
    const flows = scenario().sankey[yearAt()];
    note.textContent = `${text} ${state.year}, TWh.`;
    if (!flows) return undefined;
    const names = flows.nodes.map(([title]) => title);
    body.replaceChildren(table(["from", "to", "TWh"], flows.links.map(([from, to, value]) => [names[from], names[to], valued(value)])));
    const faint = (color) => color + "66";
    return Plotly.react(plot, [{
      type: "sankey", valuesuffix: " TWh", valueformat: ".4~g", textfont: { color: css("--ink"), size: 11 },
      node: { label: names, color: flows.nodes.map(([, color]) => color), pad: 12, thickness: 14, line: { width: 0.5, color: css("--line") } },
      link: {
        source: flows.links.map(([from]) => from), target: flows.links.map(([, to]) => to), value: flows.links.map(([, , value]) => value),
        color: flows.links.map(([from]) => faint(flows.nodes[from][1])),
      },
    }], layout({ height: 720, width: Math.max(plot.clientWidth, 860), hovermode: "closest" }), { ...settings, responsive: false });
  }

  // ---- Map. ----

  function drawMap({ plot, note, body, text, element }) {
    const map = scenario().map;
    element.hidden = !map;
    if (!map) return undefined;
    const year = yearAt();
    const isNarrow = plot.clientWidth < 600;
    const active = map.links.filter((one) => Math.abs(one.flow[year] * one.energy) > 1e-3);
    const most = Math.max(1e-9, ...active.map((one) => Math.abs(one.flow[year] * one.energy)));
    const seen = new Map();
    const annotations = [];
    const middles = new Map();
    for (const one of active) {
      const pair = [one.from, one.to].sort((a, b) => a - b).join();
      const turn = seen.get(pair) ?? 0;
      seen.set(pair, turn + 1);
      // The same pair of zones is drawn side by side, not on top of each other.
      const [low, high] = [map.zones[Math.min(one.from, one.to)], map.zones[Math.max(one.from, one.to)]];
      const [east, north] = [high[1] - low[1], high[2] - low[2]];
      const length = Math.hypot(east, north) || 1;
      const aside = (turn % 2 ? -1 : 1) * Math.ceil(turn / 2) * 0.75;
      const [x, y] = [(-north / length) * aside, (east / length) * aside];
      const [from, to] = one.flow[year] >= 0 ? [map.zones[one.from], map.zones[one.to]] : [map.zones[one.to], map.zones[one.from]];
      const between = (part) => [from[1] + (to[1] - from[1]) * part + x, from[2] + (to[2] - from[2]) * part + y];
      const [tail, head, middle] = [between(0.12), between(0.88), between(0.5)];
      annotations.push({
        x: head[0], y: head[1], ax: tail[0], ay: tail[1], axref: "x", ayref: "y", text: "", showarrow: true, arrowhead: 2, arrowsize: 0.7,
        arrowwidth: 1.5 + 7 * Math.sqrt(Math.abs(one.flow[year] * one.energy) / most), arrowcolor: one.color, opacity: 0.85,
      });
      const list = middles.get(one.commodity) ?? [];
      list.push({ one, middle });
      middles.set(one.commodity, list);
    }
    const drawn = [...middles].map(([commodity, list]) => ({
      x: list.map(({ middle }) => middle[0]), y: list.map(({ middle }) => middle[1]), name: commodity, mode: isNarrow ? "markers" : "markers+text",
      marker: { size: 9, color: list[0].one.color }, textposition: "bottom center", textfont: { size: 10 },
      text: list.map(({ one }) => `${number(Math.abs(one.flow[year]))} ${one.unit}`),
      customdata: list.map(({ one }) => `${one.link}: ${number(Math.abs(one.flow[year]))} of ${number(one.capacity[year])} ${one.unit}`),
      hovertemplate: "%{customdata}<extra>%{fullData.name}</extra>",
    }));
    drawn.push({
      x: map.zones.map((zone) => zone[1]), y: map.zones.map((zone) => zone[2]), mode: "markers+text", showlegend: false, hoverinfo: "text",
      text: map.zones.map((zone) => `<b>${zone[0].split(" (")[0]}</b>`), textposition: "top center",
      marker: { size: 16, symbol: map.zones.map((zone) => (zone[3] ? "diamond" : "circle")), color: css("--quiet"), line: { width: 1, color: css("--ink") } },
    });
    note.textContent = `${text} ${state.year}.`;
    body.replaceChildren(table(
      ["link", "what", "from", "to", "unit", "net flow", "capacity"],
      map.links.map((one) => Object.assign([
        one.link, one.commodity, map.zones[one.from][0], map.zones[one.to][0], one.unit, valued(one.flow[year]), valued(one.capacity[year]),
      ], { key: one.link })),
    ));
    const hidden = { showgrid: false, zeroline: false, showticklabels: false };
    return Plotly.react(plot, drawn, layout({
      xaxis: hidden, yaxis: { ...hidden, scaleanchor: "x", scaleratio: 1.45 }, annotations, height: 560, hovermode: "closest", margin: { l: 8, r: 8, t: 24, b: 8 },
    }), settings);
  }

  // ---- Headline figures. ----

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

  // ---- Tables. ----

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

  // ---- The page. ----

  function contents() {
    const links = [...document.querySelectorAll("main > section")].map((one) => {
      const link = make("a", { href: "#" }, one.querySelector("h2").textContent);
      link.addEventListener("click", (event) => { event.preventDefault(); one.scrollIntoView({ behavior: "smooth" }); });
      return link;
    });
    at("contents").replaceChildren(...links);
  }

  function build() {
    const many = data.scenarios.length > 1;
    for (const label of document.querySelectorAll(".many")) label.hidden = !many;
    const overview = section("overview", "Headline figures");
    overview.append(make("div", { class: "card wide", id: "figures" }));
    if (many) {
      const together = section("scenarios", "Scenarios side by side");
      together.classList.add("small");
      together.append(make("div", { class: "card wide", id: "together" }));
      for (const figure of data.scenarios[data.baseline ?? 0].figures.filter((one) => one.headline)) {
        card(together, `lines-${figure.name}`, figure.title, "", (parts) => drawLines(figure.name, parts));
      }
    }
    const inSection = (id, title, kind) => {
      const names = new Map();
      for (const one of data.scenarios) {
        for (const chart of one.charts.filter((other) => other.section === kind)) if (!names.has(chart.name)) names.set(chart.name, chart);
      }
      if (!names.size) return;
      const place = section(id, title);
      for (const [name, chart] of names) card(place, `chart-${name}`, chart.title, chart.text, (parts) => drawChart(name, parts));
    };
    inSection("energy", "Energy", "energy");
    const overDays = new Map(data.scenarios.flatMap((one) => one.dispatch.map((chart) => [chart.name, chart])));
    if (overDays.size) {
      const place = section("days", "Days of a year");
      for (const [name, chart] of overDays) card(place, `dispatch-${name}`, chart.title, chart.text, (parts) => drawDispatch(name, parts), true);
    }
    inSection("emissions", "Emissions", "emissions");
    const flows = section("flows", "Flows of a year");
    card(flows, "sankey", "Energy from source to use", "All zones together; flows below 0.3 % of the largest are left out.", drawSankey, true);
    if (data.scenarios.some((one) => one.map)) {
      card(flows, "map", "Between zones and across borders", "Width follows energy; neighbours are diamonds.", drawMap, true);
    }
    inSection("prices", "Prices", "prices");
    inSection("money", "Cost and investment", "money");
    section("calibration", "Beside what was observed");
    if (data.baseline !== null && many) section("inputs", "What the scenarios say differently");
    section("assumptions", "Assumptions with their sources");
  }

  function fill(select, choices, chosen) {
    select.replaceChildren(...choices.map(([value, text]) => make("option", { value }, text)));
    select.value = String(chosen);
  }

  let round = 0;
  async function draw() {
    const own = ++round;
    document.documentElement.dataset.ready = "false";
    const of = scenario();
    if (!of.years.includes(state.year)) state.year = of.years.at(-1);
    if (!of.zones.some(([name]) => name === state.zone)) state.zone = "";
    remember();
    fill(at("scenario"), data.scenarios.map((one, position) => [position, one.id]), state.scenario);
    const others = data.scenarios.map((one, position) => [position, `difference from ${one.id}`]).filter(([position]) => position !== state.scenario);
    fill(at("beside"), [[-1, "values"], ...others], beside() ? state.beside : -1);
    fill(at("zone"), [["", "all"], ...of.zones], state.zone);
    fill(at("year"), of.years.map((year) => [year, year]), state.year);
    at("title").textContent = of.title;
    at("description").textContent = of.description.trim().replace(/\n(?!\n)/g, " ");
    at("outcome").textContent =
      `${of.id}: ${of.status}, discounted cost ${number(of.objective)} ${of.objective_unit}, proven to ${format.format(of.gap * 100)} %. Solved by Altyn ${of.altyn}.`;
    drawFigures();
    if (at("together")) drawTogether();
    drawCalibration();
    drawInputs();
    drawAssumptions();
    for (const one of cards) {
      await one();
      if (own !== round) return;
    }
    document.documentElement.dataset.ready = "true";
  }

  function theme(name) {
    document.documentElement.dataset.theme = name;
  }

  // Paper is light and narrow: charts are drawn for it, and afterwards as before.
  const plots = () => [...document.querySelectorAll(".plot")].filter((plot) => plot.layout);
  let before = null;
  addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme;
    theme("light");
    for (const plot of plots()) Plotly.relayout(plot, { width: 680, "font.color": css("--ink") });
  });
  addEventListener("afterprint", () => {
    theme(before ?? "light");
    for (const plot of plots()) Plotly.relayout(plot, { width: null, autosize: true });
    draw();
  });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  theme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => { theme(dark.matches ? "dark" : "light"); draw(); });
  at("theme").addEventListener("click", () => { theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"); draw(); });
  for (const [id, read] of [["scenario", Number], ["beside", Number], ["zone", String], ["year", Number]]) {
    at(id).addEventListener("change", () => { state[id] = read(at(id).value); draw(); });
  }
  at("footer").textContent = `Made by Altyn ${data.altyn}. Everything on this page is in this file.`;
  build();
  contents();
  await draw();
})().catch((error) => {
  const problem = document.getElementById("problem");
  problem.hidden = false;
  problem.textContent = `This page can not be drawn: ${error}. A browser of 2023 or later is needed.`;
  throw error;
});
