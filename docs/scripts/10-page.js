/* 明账: what makes reading quicker and is not needed to read. Filters for lists, and amounts in yuan instead of 万元. */
(function () {
  "use strict";
  var root = document.documentElement;
  var english = (root.lang || "").slice(0, 2) === "en";

  function keep(name, value) {
    try {
      if (value) localStorage.setItem("mingzhang." + name, value); else localStorage.removeItem("mingzhang." + name);
    } catch (refused) {
      root.setAttribute("data-kept", "no"); /* the choice holds for this page */
    }
  }

  /* The two boxes in the header: what was chosen is shown at once (assets/first.js) and kept for the next page. */
  function wire() {
    var elder = document.getElementById("mz-elder");
    var swap = document.getElementById("mz-swap");
    if (!elder || !swap) return;
    var dark = matchMedia("(prefers-color-scheme: dark)");
    elder.checked = elder.checked || root.classList.contains("mz-elder");
    root.classList.toggle("mz-elder", elder.checked);
    elder.addEventListener("change", function () {
      root.classList.toggle("mz-elder", elder.checked);
      keep("elder", elder.checked ? "yes" : "");
    });
    swap.checked = root.hasAttribute("data-scheme") && root.getAttribute("data-scheme") !== (dark.matches ? "dark" : "light");
    swap.addEventListener("change", function () {
      var scheme = swap.checked === dark.matches ? "light" : "dark";
      root.setAttribute("data-scheme", scheme);
      keep("scheme", swap.checked ? scheme : "");
    });
  }
  wire();

  /* Links name the file, so that they also work from a memory stick; on a server the address reads better without. */
  if (location.protocol !== "file:" && /\/index\.html$/.test(location.pathname)) {
    history.replaceState(history.state, "", location.pathname.slice(0, -10) + location.search + location.hash);
  }

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\[【﹝（(]/g, "〔").replace(/[\]】﹞）)]/g, "〕");
  }

  /* A form with data-filter narrows the rows or cards of one list: words, kind, and “only those that have”. */
  function filter(form) {
    var name = form.getAttribute("data-filter");
    var list = document.getElementById(name === "board" ? "board-table" : name);
    if (!list) return;
    var items = Array.prototype.slice.call(list.querySelectorAll("[data-words]"));
    var folded = items.map(function (item) { return fold(item.getAttribute("data-words") + " " + (item.matches("tr") ? item.cells[0].textContent : item.matches("li") ? item.textContent : "")); });
    var nothing = document.querySelector(".mz-nothing");
    var out = form.querySelector("output");
    function apply() {
      var words = fold(form.words.value).split(/\s+/).filter(Boolean);
      var kind = form.kind ? form.kind.value : "";
      var body = form.body ? form.body.value : "";
      var having = form.having ? form.having.checked : false;
      var shown = 0;
      items.forEach(function (item, index) {
        var fits = words.every(function (word) { return folded[index].indexOf(word) >= 0; });
        if (fits && kind) fits = name === "board" ? item.querySelector("b." + kind) !== null : item.dataset.kind === kind;
        if (fits && body) fits = item.dataset.body === body;
        if (fits && having) fits = item.hasAttribute("data-having");
        item.hidden = !fits;
        if (fits) shown += 1;
      });
      list.querySelectorAll(".mz-sector").forEach(function (sector) {
        sector.hidden = !sector.querySelector(".mz-fee:not([hidden])");
      });
      var narrowed = words.length || kind || body || having;
      out.textContent = narrowed ? (english ? shown + " of " + items.length : "找到 " + shown + " / " + items.length) : "";
      if (nothing) nothing.hidden = shown > 0;
    }
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    if (form.words.value) apply();
  }
  document.querySelectorAll("form[data-filter]").forEach(filter);

  function exact(value) {
    var parts = value.split(".");
    return parts[0].replace(/\B(?=(\d{3})+$)/g, ",") + "." + ((parts[1] || "") + "00").slice(0, 2);
  }

  /* A figure under the pointer says its exact amount and its cell. */
  document.addEventListener("mouseover", function (event) {
    var link = event.target.closest && event.target.closest("td > a");
    var figure = link && link.querySelector("data");
    if (!figure || link.title) return;
    var cell = /-([A-Z]+\d+)$/.exec(link.hash);
    var amount = english ? "CNY " + exact(figure.value) : exact(figure.value) + " 元";
    link.title = cell ? amount + (english ? " · cell " : " · 单元格 ") + cell[1] : amount;
  });

  /* A table in 万元 shows yuan on demand: the exact amount is in every figure already. */
  document.querySelectorAll("table.mz-figures").forEach(function (table) {
    var unit = table.querySelector("[data-unit]");
    if (!unit) return;
    var figures = Array.prototype.slice.call(table.querySelectorAll("data"));
    var short = figures.map(function (figure) { return figure.textContent; });
    var label = unit.textContent;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "mz-switch";
    function show(inYuan) {
      figures.forEach(function (figure, index) { figure.textContent = inYuan ? exact(figure.value) : short[index]; });
      unit.firstChild.textContent = inYuan ? (english ? "Unit: CNY" : "单位：元") : label;
      button.textContent = inYuan ? (english ? "in 10,000" : "以万元显示") : (english ? "exact" : "以元显示");
      button.setAttribute("aria-pressed", String(inYuan));
    }
    button.addEventListener("click", function () { show(button.getAttribute("aria-pressed") !== "true"); });
    unit.appendChild(button);
    show(false);
  });
})();
