/* 明账: finding a thing by what people type. The index (search/index.js, made by etl/publish/search) is loaded at the first key
   and not before. What is found, best first: the very name or code; its beginning; a part of it; words of it; its sound,
   in full or by initials; its characters with others between; words of its description; a name within a longer question. */
(function () {
  "use strict";
  var forms = document.querySelectorAll("form[data-search]");
  if (!forms.length) return;
  var english = (document.documentElement.lang || "").slice(0, 2) === "en";
  var SHOWN = 12, OF_A_KIND = 5, OF_CODES = 2, VARIANTS = 16;
  var FAVOUR = { department: 4, dataset: 3, fee: 3, term: 3, page: 2 };

  /* --- texts ------------------------------------------------------------------------------------------------------- */

  function spaced(text) {
    return text.normalize("NFKC").toLowerCase().replace(/['"`“”‘’「」『』《》〈〉()\[\]{}〔〕【】〖〗]/g, "").replace(/[\s\u3000、，。；：！？,.;:!?·／/\\_—–-]+/g, " ").trim();
  }
  function fold(text) { return spaced(text).replace(/ /g, ""); }
  function isLatin(text) { return /^[a-z0-9 ]+$/.test(text); }
  function isHan(text) { return /[\u3400-\u9fff]/.test(text); }

  /* --- the index ----------------------------------------------------------------------------------------------------- */

  var index = null, waiting = null;

  function load(form, ready, failed) {
    if (index) { ready(); return; }
    if (waiting) { waiting.push([ready, failed]); return; }
    waiting = [[ready, failed]];
    var script = document.createElement("script");
    function tell(which) {
      var told = waiting;
      waiting = null;
      told.forEach(function (pair) { pair[which](); });
    }
    script.src = new URL("index.js", form.action).href;
    script.addEventListener("load", function () { index = open(window.mingzhangIndex); tell(0); });
    script.addEventListener("error", function () { script.remove(); tell(1); });
    document.head.appendChild(script);
  }

  function open(raw) {
    var county = raw.county.map(fold);
    var entries = [];
    raw.kinds.forEach(function (kind, order) {
      kind.entries.forEach(function (row) {
        var also = row[2] ? row[2].split("\n") : [];
        entries.push(entryOf(kind, order, row, also, raw.paths[row[0]], county));
      });
    });
    return {
      entries: entries,
      pinyin: Object.keys(raw.pinyin).reduce(function (made, one) { made[one] = raw.pinyin[one].split(" "); return made; }, {}),
      neutral: raw.neutral.map(fold),
      words: raw.words.map(function (pair) { return [pair[0].map(spaced), pair[1].map(spaced)]; })
    };
  }

  function entryOf(kind, order, row, also, path, county) {
    var names = [];
    [row[1]].concat(also).forEach(function (name, place) {
      var words = spaced(name), whole = words.replace(/ /g, "");
      names.push({ whole: whole, words: words.split(" "), main: place === 0 });
      county.forEach(function (prefix) {
        if (prefix && whole.length > prefix.length && whole.indexOf(prefix) === 0) {
          names.push({ whole: whole.slice(prefix.length), words: words.split(" "), main: place === 0 });
        }
      });
    });
    return {
      path: path, order: order, kind: kind, names: names,
      title: kind.coded && also.length ? also[0] + " " + row[1] : row[1],
      note: row[3] || "", noteFolded: fold(row[3] || "")
    };
  }

  /* --- how well a word fits an entry ------------------------------------------------------------------------------------ */

  function byName(name, word) {
    if (name.whole === word) return 100;
    var share = word.length / name.whole.length;
    var place = name.whole.indexOf(word);
    if (place === 0) return 80 + 10 * share;
    if (place > 0 && !(isLatin(word) && word.length < 3)) return (isLatin(word) ? 40 : 60) + 10 * share;
    return 0;
  }

  /* English: every word typed begins a word of the name. */
  function byWords(name, typed) {
    var all = typed.every(function (one) { return name.words.some(function (word) { return word.indexOf(one) === 0; }); });
    return all ? 66 + 12 * Math.min(1, typed.length / name.words.length) : 0;
  }

  /* Chinese by sound: each character is spoken in full, by its beginning, or left out. Characters left out in between cost;
     left out before the first or after the last they cost nothing. */
  function bySound(text, word) {
    var best = 0;
    for (var start = 0; start < text.length; start++) {
      var spoken = sound(text, start, word, 0, 0);
      if (spoken === null) continue;
      var score = (start === 0 ? 52 : 46) + 8 * Math.min(1, spoken.used / text.length) - 4 * spoken.gaps;
      if (score > best) best = score;
    }
    return Math.max(best, 0);
  }
  function sound(text, at, word, from, gaps) {
    if (from === word.length) return { used: 0, gaps: 0 };
    if (at >= text.length || gaps > 4) return null;
    var readings = index.pinyin[text[at]] || (/[a-z0-9]/.test(text[at]) ? [text[at]] : []);
    var best = null;
    for (var number = 0; number < readings.length; number++) {
      var reading = readings[number];
      for (var length = Math.min(reading.length, word.length - from); length > 0; length--) {
        if (reading.slice(0, length) !== word.substr(from, length)) continue;
        var rest = sound(text, at + 1, word, from + length, gaps);
        if (rest && (best === null || rest.gaps < best.gaps)) best = { used: rest.used + 1, gaps: rest.gaps };
        if (best && best.gaps === 0) return best;
      }
    }
    if (from > 0) {
      var skipped = sound(text, at + 1, word, from, gaps + 1);
      if (skipped && (best === null || skipped.gaps + 1 < best.gaps)) best = { used: skipped.used, gaps: skipped.gaps + 1 };
    }
    return best;
  }

  /* 人社局 for 人力资源和社会保障局: the characters in their order, others between them. */
  function bySkipping(whole, word) {
    var at = -1, first = -1;
    for (var number = 0; number < word.length; number++) {
      at = whole.indexOf(word[number], at + 1);
      if (at < 0) return 0;
      if (number === 0) first = at;
    }
    return 36 - Math.min(14, at - first + 1 - word.length) - (first > 0 ? 4 : 0);
  }

  function fits(entry, word, typed) {
    var best = 0;
    var latin = isLatin(word), han = isHan(word);
    entry.names.forEach(function (name) {
      var score = byName(name, word);
      if (latin && /[a-z]/.test(word)) score = Math.max(score, byWords(name, typed));
      if (score < 60 && !entry.kind.coded) {
        if (latin && word.length > 1 && /^[a-z]+$/.test(word) && isHan(name.whole)) score = Math.max(score, bySound(name.whole, word));
        if (han && word.length > 1) score = Math.max(score, bySkipping(name.whole, word));
      }
      if (score > 0 && !name.main) score -= score === 100 ? 1 : 6;
      if (score > best) best = score;
    });
    if (best < 20 && word.length > 1 && entry.noteFolded.indexOf(word) >= 0) best = 20;
    return best;
  }

  /* Several words: each must fit. A year, or a document that every body has, narrows nothing where it is not in the name. */
  function fitsEach(entry, parts) {
    var worst = 100, met = 0;
    for (var number = 0; number < parts.length; number++) {
      var score = fits(entry, parts[number], [parts[number]]);
      if (score) met += 1;
      else if (/^(19|20)\d\d年?$/.test(parts[number]) || index.neutral.indexOf(parts[number]) >= 0) score = 90;
      else return 0;
      worst = Math.min(worst, score);
    }
    return met ? worst * 0.9 + met : 0;
  }

  /* A name inside of a longer question: 教育局三公经费是多少. */
  function within(entry, word) {
    var best = 0;
    entry.names.forEach(function (name) {
      if (name.whole.length > 1 && name.whole.length < word.length && isHan(name.whole) && word.indexOf(name.whole) >= 0) {
        best = Math.max(best, 12 + 24 * name.whole.length / word.length);
      }
    });
    return best;
  }

  /* --- a query ------------------------------------------------------------------------------------------------------------ */

  function holds(text, word) {
    if (text === word) return true;
    if (isLatin(word)) return (" " + text + " ").indexOf(" " + word + " ") >= 0;
    return word.length > 1 && text.indexOf(word) >= 0;
  }

  function variants(typed) {
    var made = [{ text: typed, share: 1 }];
    index.words.forEach(function (pair) {
      pair[0].forEach(function (word) {
        if (!holds(typed, word)) return;
        pair[1].forEach(function (official) {
          if (made.length < VARIANTS && official !== word) made.push({ text: typed.replace(word, official), share: 0.97 });
        });
      });
    });
    return made;
  }

  function find(query) {
    var typed = spaced(query);
    if (!typed) return [];
    var asked = variants(typed).map(function (variant) {
      var whole = variant.text.replace(/ /g, "");
      var parts = variant.text.split(" ");
      var runs = variant.text.match(/[0-9]+年?|[a-z]+|[^0-9a-z\s]+/g) || [];
      return { whole: whole, parts: parts, runs: runs.length > parts.length ? runs : null, share: variant.share };
    });
    var found = [];
    index.entries.forEach(function (entry) {
      var best = 0;
      asked.forEach(function (one) {
        var score = fits(entry, one.whole, one.parts);
        if (one.parts.length > 1) score = Math.max(score, fitsEach(entry, one.parts));
        if (one.runs) score = Math.max(score, fitsEach(entry, one.runs));
        if (!score && one.whole.length > 3) score = within(entry, one.whole);
        best = Math.max(best, score * one.share);
      });
      if (best > 0) found.push({ entry: entry, score: best + (FAVOUR[entry.kind.key] || 0) });
    });
    found.sort(function (one, other) {
      return other.score - one.score || one.entry.order - other.entry.order || one.entry.title.length - other.entry.title.length;
    });
    return found.filter(function (one) { return one.score >= found[0].score * 0.4; });
  }

  /* Results by kind: the kind of the best first. A word is in many codes: they leave room for other kinds. */
  function grouped(found, all, each, ofCodes) {
    var groups = [], byKind = {}, count = 0;
    found.forEach(function (one) {
      var key = one.entry.kind.key;
      var most = one.entry.kind.coded ? ofCodes : each;
      if (count >= all || (byKind[key] && byKind[key].hits.length >= most)) return;
      if (!byKind[key]) groups.push(byKind[key] = { kind: one.entry.kind, hits: [] });
      byKind[key].hits.push(one.entry);
      count += 1;
    });
    return groups;
  }

  function address(form, path) {
    return new URL("../" + path.replace(/\/(#|$)/, "/index.html$1"), form.action).href;
  }

  function node(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) made.textContent = text;
    return made;
  }

  /* --- the box ------------------------------------------------------------------------------------------------------------- */

  function wire(form) {
    var field = form.querySelector("input");
    var list = node("div", { id: field.id + "-found", role: "listbox", "class": "mz-found", "aria-label": english ? "Found" : "搜索结果" });
    var said = node("p", { role: "status", "class": "mz-unseen" });
    var chosen = -1, timer = 0;
    list.hidden = true;
    form.appendChild(list);
    form.appendChild(said);
    [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-haspopup", "listbox"]].forEach(function (pair) {
      field.setAttribute(pair[0], pair[1]);
    });

    function options() { return list.querySelectorAll("[role=option]"); }
    function choose(number) {
      var every = options();
      chosen = every.length ? (number + every.length) % every.length : -1;
      every.forEach(function (one, place) { one.setAttribute("aria-selected", String(place === chosen)); });
      if (chosen >= 0) {
        field.setAttribute("aria-activedescendant", every[chosen].id);
        every[chosen].scrollIntoView({ block: "nearest" });
      } else {
        field.removeAttribute("aria-activedescendant");
      }
    }
    function close() {
      list.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }
    function show() {
      var query = field.value;
      if (!spaced(query)) { list.textContent = ""; said.textContent = ""; close(); return; }
      draw(query, find(query));
      form.setAttribute("data-answered", query);
    }
    function draw(query, found) {
      var number = 0;
      list.textContent = "";
      grouped(found, SHOWN, OF_A_KIND, /\d/.test(spaced(query)) ? OF_A_KIND : OF_CODES).forEach(function (group, place) {
        var head = field.id + "-kind-" + place;
        var box = node("div", { role: "group", "aria-labelledby": head });
        box.appendChild(node("div", { id: head, "class": "mz-found-kind", role: "presentation" }, group.kind.name));
        group.hits.forEach(function (entry) {
          var link = node("a", { role: "option", id: field.id + "-hit-" + number, href: address(form, entry.path), tabindex: "-1", "aria-selected": "false", "class": "mz-hit" });
          link.appendChild(node("strong", {}, entry.title));
          if (entry.note) link.appendChild(node("span", {}, entry.note));
          box.appendChild(link);
          number += 1;
        });
        list.appendChild(box);
      });
      said.textContent = number ? (english ? "Found: " + found.length : "找到 " + found.length + " 项") : (english ? "Nothing found" : "没有找到");
      if (number) {
        list.hidden = false;
        field.setAttribute("aria-expanded", "true");
        chosen = -1;
        field.removeAttribute("aria-activedescendant");
      } else {
        close();
      }
      form.classList.toggle("mz-search-none", !number);
    }
    function fail() {
      said.textContent = english ? "The search could not be loaded; the button leads to lists from A to Z." : "搜索没有加载成功；按“搜索”看按拼音排列的目录。";
      said.classList.remove("mz-unseen");
    }
    function soon() {
      window.clearTimeout(timer);
      load(form, function () { timer = window.setTimeout(show, 40); }, fail);
    }

    field.addEventListener("input", soon);
    field.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { if (field.value) soon(); return; }
        choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.href = options()[chosen].href;
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    field.addEventListener("blur", function (event) {
      if (!form.contains(event.relatedTarget)) close();
    });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); }); /* the field keeps the focus; a click still follows */
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var target = new URL(form.action);
      target.search = field.value ? "?q=" + encodeURIComponent(field.value) : "";
      location.href = target.href;
    });
  }
  Array.prototype.forEach.call(forms, wire);

  /* --- the page of all results ------------------------------------------------------------------------------------------------ */

  var results = document.querySelector("[data-results]");
  var query = results ? new URLSearchParams(location.search).get("q") || "" : "";
  if (spaced(query)) {
    var form = document.querySelector("main form[data-search]");
    form.querySelector("input").value = query;
    load(form, function () { list(form, query); }, function () { results.hidden = true; });
  }

  function list(form, query) {
    var found = find(query);
    results.hidden = false;
    results.appendChild(node("h2", {}, found.length ? (english ? "Found for “" + query + "”: " + found.length : "“" + query + "”找到 " + found.length + " 项") : (english ? "Nothing found for “" + query + "”" : "没有找到“" + query + "”")));
    if (!found.length) {
      results.appendChild(node("p", {}, english ? "Try another word, or fewer; the lists below hold every body and every dataset." : "换个说法，或少写几个字再试；下面的目录里有全部部门和数据。"));
    }
    grouped(found, Infinity, Infinity, Infinity).forEach(function (group) {
      results.appendChild(node("h3", {}, group.kind.name));
      var items = node("ul", { "class": "mz-result-list" });
      group.hits.forEach(function (entry) {
        var item = node("li", {});
        item.appendChild(node("a", { href: address(form, entry.path) }, entry.title));
        if (entry.note) item.appendChild(node("span", {}, entry.note));
        items.appendChild(item);
      });
      results.appendChild(items);
    });
  }
})();
