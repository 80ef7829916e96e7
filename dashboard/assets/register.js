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
  var clientside = (window.dash_clientside = window.dash_clientside || {});
  clientside.register = {
    search: function (text) {
      var words = (text || "").trim();
      var address = new URL(window.location.href);
      if ((address.searchParams.get("tim") || "") !== words) {
        if (words) { address.searchParams.set("tim", words); } else { address.searchParams.delete("tim"); }
        address.searchParams.delete("sau");
        window.history.replaceState(window.history.state, "", address.pathname + address.search);
      }
      if (window.dash_ag_grid && window.dash_ag_grid.getApiAsync) {
        window.dash_ag_grid.getApiAsync("register-grid").then(function (grid) {
          var now = (grid.getFilterModel() || {}).name;
          if (now || words !== (grid.getGridOption("context") || {}).text) {
            grid.setFilterModel({ name: { filterType: "text", type: "contains", filter: words || " " } });
          }
        });
      }
      return words;
    }
  };
})();
