/* /xem: a change of the form, a link or a click on the picture becomes the address; Dash draws what the address says. */
(function () {
  "use strict";
  var make = function () { return window.React.createElement.apply(null, arguments); };
  var numbers = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
  var cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  cells.ExploreNumber = function (props) {
    if (props.value === null || props.value === undefined) { return props.colDef.field === "value" ? "chưa có số liệu" : ""; }
    return props.colDef.field === "goal" ? props.data.goal_text : numbers.format(props.value).replace("-", "−");
  };
  cells.ExploreDay = function (props) { return props.value ? props.value.split("-").reverse().join("/") : ""; };
  cells.ExploreLink = function (props) { return make("a", { href: props.data.href, className: "strong" }, props.value); };
  cells.ExploreMark = function (props) {
    var mark = props.data.status;
    if (!mark) { return ""; }
    return make("span", { className: "mark " + mark.hue },
      make("span", { className: "icon icon-" + mark.icon, "aria-hidden": "true" }), mark.word);
  };
  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.exploreOrder = function (one, other, _a, _b, isDown) { /* what is unknown stands last in either order */
    var isNone = function (value) { return value === null || value === undefined; };
    if (isNone(one) || isNone(other)) { return isNone(one) === isNone(other) ? 0 : isNone(one) === Boolean(isDown) ? -1 : 1; }
    return one < other ? -1 : one > other ? 1 : 0;
  };
  function form() { return document.querySelector("form.explore-form"); }
  function isLive() { return form() && document.querySelector("#explore-body"); }
  function follow(search) { window.dash_clientside.set_props("explore-address", { search: search }); }
  function asked() {
    var said = new URLSearchParams();
    new FormData(form()).forEach(function (value, name) {
      if (value && !(name === "nam" && value === "2030") && !(name === "xem" && value === "ma-tran")) { said.append(name, value); }
    });
    return said.size ? "?" + said : "";
  }
  function fill() { /* the form says what the address says */
    var said = new URLSearchParams(window.location.search);
    Array.prototype.forEach.call(form().elements, function (field) {
      if (!field.name) { return; }
      if (field.type === "checkbox") { field.checked = said.getAll(field.name).indexOf(field.value) >= 0; return; }
      field.value = said.get(field.name) || (field.name === "nam" ? "2030" : "");
    });
  }
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.explore = {
    pick: function (click, search) {
      var point = click && click.points && click.points[0];
      if (!point) { return window.dash_clientside.no_update; }
      var key = Array.isArray(point.customdata) ? point.customdata : [point.x, point.y];
      var said = new URLSearchParams(search || "");
      ["chon-dia-ban", "chon-chi-tieu"].forEach(function (name, index) {
        if (typeof key[index] === "string" && key[index]) { said.set(name, key[index]); } else { said.delete(name); }
      });
      return "?" + said;
    }
  };
  document.addEventListener("change", function (event) {
    if (isLive() && event.target.form === form()) { follow(asked()); }
  });
  document.addEventListener("submit", function (event) {
    if (isLive() && event.target === form()) { event.preventDefault(); follow(asked()); }
  });
  document.addEventListener("click", function (event) {
    if (!isLive()) { return; }
    var tool = event.target.closest("button"), link = event.target.closest("main a[href]");
    if (tool && tool.classList.contains("copy-link")) { copy(tool); }
    if (tool && tool.classList.contains("save-svg")) {
      window.Plotly.downloadImage(document.querySelector("#explore-graph .js-plotly-plot"), { format: "svg", filename: "xem-chi-tieu", width: 1200, height: 800 });
    }
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    var to = new URL(link.href);
    if (to.origin === window.location.origin && to.pathname === window.location.pathname && !link.target) {
      event.preventDefault();
      follow(to.search);
    }
  });
  function copy(tool) {
    var address = window.location.href, done = function () { tool.textContent = "Đã sao chép liên kết"; };
    if (navigator.clipboard) { navigator.clipboard.writeText(address).then(done, function () { window.prompt("Liên kết", address); }); }
    else { window.prompt("Liên kết", address); }
  }
  function columns(box) { /* which columns the table shows; the grid asks nobody */
    window.dash_ag_grid.getApiAsync("explore-grid").then(function (grid) {
      if (box.firstChild) { return; }
      grid.getColumns().forEach(function (column) {
        var label = document.createElement("label"), tick = document.createElement("input"), name = document.createElement("span");
        label.className = "tick"; tick.type = "checkbox"; tick.checked = column.isVisible();
        name.textContent = column.getColDef().headerName;
        tick.addEventListener("change", function () { grid.setColumnsVisible([column.getColId()], tick.checked); });
        label.append(tick, name); box.append(label);
      });
    });
  }
  var filled = window.location.search;
  new MutationObserver(function () {
    var body = form() && document.querySelector("#explore-body"), before = document.querySelector(".explore > .until-live");
    if (!body) { return; }
    if (before) { before.remove(); }
    var box = document.querySelector("#explore-columns");
    if (box && !box.firstChild && document.querySelector("#explore-grid .ag-root")) { columns(box); }
    var told = document.querySelector(".explore-finding"), title = document.querySelector("main h1");
    if (told && title && title.textContent !== told.textContent) { title.textContent = told.textContent; }
    if (window.location.search !== filled) { filled = window.location.search; fill(); }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
