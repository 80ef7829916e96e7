/* Forms in Vietnamese: the name of the chosen file, and what a field lacks before it is sent. Without this the browser says both in its own language. */
(function () {
  "use strict";
  var NONE = "Chưa chọn tệp nào";
  function missing(field) {
    if (!field.validity.valueMissing) { return field.validationMessage; }
    if (field.type === "file") { return "Chưa chọn tệp. Chọn tệp rồi gửi lại."; }
    return field.tagName === "SELECT" ? "Chọn một mục rồi gửi lại." : "Điền ô này rồi gửi lại.";
  }
  function forget(event) { if (event.target.setCustomValidity) { event.target.setCustomValidity(""); } }
  document.addEventListener("invalid", function (event) { event.target.setCustomValidity(missing(event.target)); }, true);
  document.addEventListener("input", forget, true);
  document.addEventListener("change", forget, true);
  /* What was chosen in a form with data-keep is there again when one comes back to the page in this window. */
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var key = "bieu-mau:" + form.getAttribute("action");
    function isChoice(field) { return field.type === "radio" || field.type === "checkbox"; }
    function fields() { return Array.prototype.filter.call(form.elements, function (field) { return field.name && field.type !== "hidden"; }); }
    function store() {
      var kept = {};
      fields().forEach(function (field) { if (!isChoice(field) || field.checked) { kept[field.name] = field.value; } });
      try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch (error) { return; }
    }
    function restore() {
      var kept = null;
      try { kept = JSON.parse(sessionStorage.getItem(key)); } catch (error) { return; }
      if (!kept) { return; }
      fields().forEach(function (field) {
        if (isChoice(field)) { field.checked = field.value === kept[field.name]; } else if (field.name in kept) { field.value = kept[field.name]; }
      });
    }
    form.addEventListener("change", store);
    form.addEventListener("input", store);
    window.addEventListener("pageshow", restore);
  });
  /* "/" and Ctrl K lead to the field that finds everything; there, results follow as one types. */
  var find = document.querySelector("a[href^='/tim'], a[href*='/tim?']"), typed = document.querySelector(".find input[type=search]");
  document.addEventListener("keydown", function (event) {
    var isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    var isAsked = (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k");
    if (!isAsked || !find) { return; }
    event.preventDefault();
    if (typed) { typed.focus(); typed.select(); } else { location.href = find.href; }
  });
  if (typed) {
    var asked = 0, wait = null;
    typed.focus();
    typed.setSelectionRange(typed.value.length, typed.value.length);
    typed.addEventListener("input", function () {
      clearTimeout(wait);
      wait = setTimeout(function () {
        var number = ++asked, address = typed.form.action + "?" + new URLSearchParams(new FormData(typed.form));
        fetch(address, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
          var page = number === asked && text ? new DOMParser().parseFromString(text, "text/html") : null;
          if (!page || !page.getElementById("ket-qua")) { return; }
          document.getElementById("ket-qua").replaceWith(page.getElementById("ket-qua"));
          document.querySelector("h1").textContent = page.querySelector("h1").textContent;
          history.replaceState(null, "", address);
        }).catch(function () { return; });
      }, 150);
    });
  }
  function size(bytes) {
    var unit = bytes < 1048576 ? ["KB", 1024] : ["MB", 1048576];
    return Math.max(0.1, bytes / unit[1]).toLocaleString("vi-VN", { maximumFractionDigits: 1 }) + " " + unit[0];
  }
  document.querySelectorAll(".file-box").forEach(function (box) {
    var input = box.querySelector("input"), words = box.querySelector("[role=status]");
    function show() {
      var file = input.files[0];
      words.textContent = file ? file.name + " (" + size(file.size) + ")" : NONE;
      box.classList.toggle("chosen", Boolean(file));
    }
    input.addEventListener("change", show);
    ["dragenter", "dragleave", "drop"].forEach(function (what) {
      input.addEventListener(what, function () { box.classList.toggle("over", what === "dragenter"); });
    });
    window.addEventListener("pageshow", show);
    box.classList.add("ready");
    show();
  });
})();
