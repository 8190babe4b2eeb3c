// Charts over the years, a card each; all are drawn anew whenever something is switched.

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
