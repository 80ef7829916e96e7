/* Keys of a meeting: arrows follow the links of the page, G opens the form, Esc leaves. Without this the links still work. */
document.addEventListener("keydown", function (event) {
  var meeting = document.querySelector(".meeting");
  if (!meeting || event.ctrlKey || event.metaKey || event.altKey) return;
  var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  function follow(rel) { var link = meeting.querySelector('a[rel="' + rel + '"]'); if (link) location.href = link.href; }
  if (event.key === "Escape") { if (typing) { event.target.blur(); } else { follow("up"); } return; }
  if (typing) return;
  if (event.key === "ArrowRight" || event.key === "PageDown") { event.preventDefault(); follow("next"); }
  else if (event.key === "ArrowLeft" || event.key === "PageUp") { event.preventDefault(); follow("prev"); }
  else if (event.key === "g" || event.key === "G") {
    var record = document.getElementById("ghi");
    if (!record) return;
    event.preventDefault();
    record.open = true;
    record.scrollIntoView({ block: "start" });
    var field = record.querySelector("textarea, select, input:not([type=hidden])");
    if (field) field.focus();
  }
});
