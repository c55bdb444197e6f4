// Enhancement only: every page works without this file.

const wide = matchMedia("(min-width: 64em)");

function openMenus() {
  for (const menu of document.querySelectorAll("details[data-menu]")) menu.open = wide.matches;
}

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`not loaded: ${address}`));
    document.head.append(script);
  });
}

let drawing;

function loadVega(addresses) {
  drawing ??= addresses.reduce((before, next) => before.then(() => loadScript(next)), Promise.resolve());
  return drawing;
}

function fitted(spec, room) {
  const composed = ["hconcat", "vconcat", "concat", "facet", "repeat"].some((part) => part in spec);
  if (composed || typeof spec.width !== "number" || spec.width < room) return spec;
  return { ...spec, width: room, autosize: { type: "fit", contains: "padding" } };
}

async function draw(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  await loadVega(place.dataset.scripts.split(" "));
  const target = document.createElement("div");
  // The style sheet turns the drawing's colors into roles, so that dark mode and print follow.
  await window.vegaEmbed(target, fitted(spec, place.clientWidth), {
    mode: "vega-lite",
    renderer: "svg",
    ast: true,
    expr: window.vegaInterpreter.expressionInterpreter,
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  target.setAttribute("aria-hidden", "true");
  place.replaceChildren(target);
}

function drawAll(root) {
  for (const place of root.querySelectorAll("[data-chart]")) {
    // The server's drawing stays where the interactive one cannot be made.
    draw(place).catch((reason) => console.warn("chart stays still:", reason.message));
  }
}

function enhance(root) {
  drawAll(root);
  root.querySelector("[data-focus]")?.focus();
}

openMenus();
wide.addEventListener("change", openMenus);
enhance(document);
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) enhance(detail.elt);
});
