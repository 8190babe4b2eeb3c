// The page: its sections, what happens when something is switched, printing, the start.

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

/** What depends on the scenario alone, drawn anew only with it: a search among the assumptions outlasts a switch of year or zone. */
let drawn = null;
function drawOnce() {
  if (drawn === scenario()) return;
  drawn = scenario();
  drawCalibration();
  drawAssumptions();
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
  drawOnce();
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
const preferred = () => (dark.matches ? "dark" : "light");

async function start() {
  data = JSON.parse(await unpack("data"));
  const library = document.createElement("script");
  library.textContent = await unpack("library");
  document.head.append(library);
  recall();
  theme(preferred());
  dark.addEventListener("change", () => { theme(preferred()); draw(); });
  at("theme").addEventListener("click", () => { theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"); draw(); });
  for (const [id, read] of [["scenario", Number], ["beside", Number], ["zone", String], ["year", Number]]) {
    at(id).addEventListener("change", () => { state[id] = read(at(id).value); draw(); });
  }
  at("footer").textContent = `Made by Altyn ${data.altyn}. Everything on this page is in this file.`;
  build();
  contents();
  drawInputs();
  await draw();
}

start().catch((error) => {
  at("problem").hidden = false;
  at("problem").textContent = `This page can not be drawn: ${error}. A browser of 2023 or later is needed.`;
  throw error;
});
