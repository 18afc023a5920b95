/* Before the first paint: that there is JavaScript, and what the reader chose on an earlier page. */
(function () {
  var root = document.documentElement;
  root.classList.add("mz-js");
  try {
    var scheme = localStorage.getItem("mingzhang.scheme");
    if (scheme) root.setAttribute("data-scheme", scheme);
    if (localStorage.getItem("mingzhang.elder")) root.classList.add("mz-elder");
  } catch (refused) {
    root.removeAttribute("data-scheme"); /* a browser that keeps nothing: the system decides */
  }
})();
