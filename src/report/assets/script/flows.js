// Flows of energy, and what goes between zones.

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
