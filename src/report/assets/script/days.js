// Hours of chosen days.

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
