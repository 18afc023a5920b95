/* A chart as a picture of dots: its SVG file, drawn by the reader's own browser with the reader's own fonts. Twice the size
   it is shown at, which is enough for a slide and for print. Without a script the SVG itself can be taken. */
(function () {
  "use strict";
  function draw(link) {
    return fetch(link.href).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }).then(function (text) {
      var picture = new Image();
      return new Promise(function (resolve, reject) {
        picture.onload = function () {
          var canvas = document.createElement("canvas");
          canvas.width = picture.naturalWidth * 2;
          canvas.height = picture.naturalHeight * 2;
          canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
          canvas.toBlob(resolve, "image/png");
        };
        picture.onerror = reject;
        picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
      });
    });
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  /* From a USB stick (file:) a script may not read files: there the SVG is all. */
  if (location.protocol === "file:") return;
  document.querySelectorAll(".mz-take a[data-png]").forEach(function (link) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = link.getAttribute("data-png");
    button.addEventListener("click", function () {
      draw(link).then(function (blob) {
        save(blob, link.pathname.split("/").pop().replace(/\.svg$/, ".png"));
      }).catch(function () { location.href = link.href; });
    });
    link.after(button);
  });
})();
