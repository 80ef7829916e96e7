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
