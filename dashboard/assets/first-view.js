/* The server sends every page as plain HTML first. Once Dash has drawn the same page, the first view goes. */
(function () {
  "use strict";
  function finish() {
    var first = document.getElementById("first-view");
    var drawn = document.querySelector("#react-entry-point .shell");
    if (!first || !drawn) { return !first; }
    first.remove();
    if (location.hash.length > 1) {
      var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target) { target.scrollIntoView(); }
    }
    return true;
  }
  function watch() {
    if (finish()) { return; }
    var observer = new MutationObserver(function () { if (finish()) { observer.disconnect(); } });
    observer.observe(document.body, { childList: true, subtree: true });
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", watch); } else { watch(); }
})();
