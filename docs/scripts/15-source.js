/* 这个数从哪里来: the figure somebody came for, large, with its document, table, line and column; it stays in sight while its
   sheet is looked at. The sheet marks it without this. */
(function () {
  "use strict";
  var english = document.documentElement.lang === "en";
  var told = null;

  function lineOf(cell) {
    for (var before = cell.previousElementSibling; before && before.tagName === "TD"; before = before.previousElementSibling) {
      if (!before.id && before.textContent) return before.textContent;
    }
    return "";
  }

  function tell() {
    if (told) told.remove();
    told = null;
    var cell = document.getElementById(location.hash.slice(1));
    if (!cell || !cell.matches(".mz-sheet:not(.mz-worded) td")) return;
    var section = cell.closest("section");
    var line = lineOf(cell);
    var label = cell.closest("table").querySelector(".l").cells[cell.cellIndex].textContent;
    var exact = cell.querySelector("b");
    var text = (exact || cell).textContent;
    if (/^-?\d+(\.\d+)?$/.test(text)) text = text.replace(/^-?\d+/, function (whole) { return whole.replace(/\B(?=(\d{3})+$)/g, ","); });
    var amount = document.createElement("strong");
    amount.textContent = (english ? "CNY " : "") + text + (english ? "" : " 元");
    var place = document.createElement("p");
    place.textContent = [line, label].filter(Boolean).concat((english ? "cell " : "单元格 ") + cell.id.split("-").pop()).join(" › ");
    told = document.createElement("div");
    told.className = "mz-this";
    var question = document.createElement("p");
    question.textContent = (english ? "Where this figure comes from: " : "这个数从哪里来：") + document.querySelector("h1").textContent + " › " + section.querySelector("h2").textContent;
    told.append(question, amount, place);
    var frame = cell.closest(".mz-sheet-frame");
    frame.parentNode.insertBefore(told, frame);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  if (document.querySelector(".mz-sheet")) {
    addEventListener("hashchange", tell);
    tell();
  }
})();
