/* Charts of plotly follow the screen, light or dark, and the paper: each brings its templates along, here one is chosen. */
(function () {
  "use strict";
  var dark = window.matchMedia("(prefers-color-scheme: dark)"), paper = window.matchMedia("print");
  function dress() {
    var wanted = paper.matches ? "print" : dark.matches ? "dark" : "light";
    document.querySelectorAll(".js-plotly-plot").forEach(function (graph) {
      var meta = graph.layout && graph.layout.meta;
      if (meta && meta.narrow && !meta.isNarrow && graph.clientWidth && graph.clientWidth < 700) {
        meta.isNarrow = true; /* small figures below each other */
        if (meta.narrow.layout.height) { graph.closest(".dash-graph").style.height = meta.narrow.layout.height + "px"; }
        window.Plotly.update(graph, meta.narrow.trace || {}, meta.narrow.layout, meta.narrow.trace ? [meta.narrow.index] : undefined);
      }
      if (!meta || !meta.templates || (meta.worn || "light") === wanted) { return; }
      meta.worn = wanted;
      window.Plotly.relayout(graph, { template: meta.templates[wanted] });
    });
  }
  dark.addEventListener("change", dress);
  paper.addEventListener("change", dress);
  new MutationObserver(dress).observe(document.documentElement, { childList: true, subtree: true });
})();
