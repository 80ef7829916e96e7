/* The register's grid: cells as text (never as HTML), and search as one types without leaving the page. */
(function () {
  "use strict";
  var cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  cells.RegisterName = function (props) {
    if (!props.data) { return "…"; }
    return window.React.createElement("a", { href: props.data.href, className: "strong" }, props.value);
  };
  cells.RegisterMark = function (props) {
    if (!props.value) { return ""; }
    var make = window.React.createElement;
    return make("span", { className: "mark " + props.value.hue },
      make("span", { className: "icon icon-" + props.value.icon, "aria-hidden": "true" }), props.value.word);
  };
  function search(words) {
    var address = new URL(window.location.href);
    if ((address.searchParams.get("tim") || "") === words) { return; }
    if (words) { address.searchParams.set("tim", words); } else { address.searchParams.delete("tim"); }
    address.searchParams.delete("sau");
    window.history.replaceState(window.history.state, "", address.pathname + address.search);
    if (!document.querySelector("#register-grid .ag-root")) { return; }
    window.dash_clientside.set_props("register-typed", { data: words });
    window.dash_ag_grid.getApiAsync("register-grid").then(function (grid) {
      grid.setFilterModel({ name: { filterType: "text", type: "contains", filter: words || " " } });
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    var field = document.querySelector("form.search input[name=tim]"), timer = 0;
    if (!field) { return; }
    field.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { search(field.value.trim()); }, 250);
    });
  });
})();
