// Copying, closing, and single keys. Every page works without this file.
(() => {
  const one = (what, within = document) => within.querySelector(what);
  const say = words => { one("#live").textContent = words; };

  const copied = button => {
    const was = button.textContent;
    button.textContent = "Copied";
    say("Copied");
    setTimeout(() => { button.textContent = was; }, 1500);
  };

  document.documentElement.classList.add("scripted");
  const silent = () => localStorage.getItem("collate-keys") === "off";

  // The drawer gives the focus back to the cell it was opened from.
  let opener = null;
  const close = () => {
    const drawer = one("#drawer");
    if (!drawer || !drawer.firstElementChild) return false;
    drawer.replaceChildren();
    if (opener) opener.focus();
    return true;
  };

  // A chart as a picture: its styles are written into a copy, which is drawn on a canvas of three times the size.
  const picture = async button => {
    const svg = document.getElementById(button.dataset.picture), copy = svg.cloneNode(true), box = svg.viewBox.baseVal;
    const from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((x, i) => {
      const style = getComputedStyle(x);
      for (const p of ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "text-anchor"]) to[i].setAttribute(p, style.getPropertyValue(p));
    });
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    await image.decode();
    const canvas = document.createElement("canvas"), scale = 3;
    canvas.width = box.width * scale;
    canvas.height = box.height * scale;
    const pen = canvas.getContext("2d");
    pen.fillStyle = getComputedStyle(one(".card")).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    copied(button);
  };

  document.addEventListener("click", e => {
    const cell = e.target.closest(".matrix td a");
    if (cell) opener = cell;
    const copy = e.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => copied(copy));
    const draw = e.target.closest("[data-picture]");
    if (draw) picture(draw).catch(() => say("The picture could not be copied."));
    const hit = e.target.closest("[data-hit]");
    if (hit) nextHit(Number(hit.dataset.hit));
    if (e.target.closest("[data-close]") && close()) e.preventDefault();
  });

  document.addEventListener("keydown", e => {
    if (e.key === "Escape" && close()) { e.preventDefault(); return; }
    const typing = e.target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
    if (typing || e.ctrlKey || e.metaKey || e.altKey || silent()) return;
    if (e.key === "/") { const q = one("#q"), link = one('.top a[href$="/search"]'); if (q) q.focus(); else if (link) link.click(); e.preventDefault(); return; }
    if (e.key === "?") { const link = one('.top a[href$="/help"]'); if (link) link.click(); return; }
    const cell = e.target.closest(".matrix td a");
    if (cell && e.key.startsWith("Arrow")) step(cell, e);
    else review(e);
  });

  // Single keys of the review: a theme's key ticks it, a letter sets the stance of the theme that was ticked last.
  let theme = null;
  const review = e => {
    const form = one("#decide");
    if (!form || (e.key === "Enter" && e.target.closest("a,button,summary"))) return;
    if (e.key === "Enter") { e.preventDefault(); form.requestSubmit(); return; }
    if (e.key === "u") { const undo = one("#undo"); if (undo) { e.preventDefault(); undo.click(); } return; }
    const stance = theme && theme.querySelector("[name=yes]").checked ? theme : one(".theme:has([name=yes]:checked)", form);
    const radio = stance && one(`[data-stance="${CSS.escape(e.key)}"]`, stance);
    if (radio) { e.preventDefault(); radio.checked = true; say(one("label", stance).innerText.split("\n")[0] + ": " + radio.parentElement.innerText); return; }
    const hit = one(`[data-key="${CSS.escape(e.key)}"]`, form);
    if (!hit) return;
    e.preventDefault();
    if (hit.tagName === "A") { hit.click(); return; }
    hit.checked = !hit.checked;
    theme = hit.closest(".theme");
    say(hit.closest("label").querySelector("span").firstChild.data + (hit.checked ? " ticked" : " not ticked"));
  };

  // Files that are dropped go into the form, with the folders they lie in, and are sent.
  const within = (entry, path, into) => new Promise(done => {
    if (entry.isFile) { entry.file(f => { into.push([f, path + f.name]); done(); }, done); return; }
    const reader = entry.createReader(), more = () => reader.readEntries(async list => {
      if (!list.length) { done(); return; }
      for (const e of list) await within(e, path + entry.name + "/", into);
      more();
    }, done);
    more();
  });
  const drop = one("[data-drop]");
  if (drop) {
    for (const name of ["dragover", "dragleave"]) drop.addEventListener(name, e => { e.preventDefault(); drop.classList.toggle("over", name === "dragover"); });
    drop.addEventListener("drop", async e => {
      e.preventDefault();
      const files = [], entries = [...e.dataTransfer.items].map(i => i.webkitGetAsEntry()).filter(x => x);
      for (const x of entries) await within(x, "", files);
      const form = new FormData(drop);
      form.delete("files");
      form.delete("folder");
      for (const [file, name] of files) form.append("files", file, name);
      say(`Sending ${files.length} files`);
      const answer = await fetch(drop.action, { method: "POST", body: form });
      location.href = answer.url;
    });
  }

  // From one place found in a document to the next.
  let at = -1;
  const nextHit = by => {
    const all = [...document.querySelectorAll(".document mark")];
    if (!all.length) return;
    if (all[at]) all[at].classList.remove("now");
    at = at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length;
    all[at].classList.add("now");
    all[at].scrollIntoView({ block: "center" });
    say(`Place ${at + 1} of ${all.length}`);
  };

  const keys = one("#keys-off");
  if (keys) {
    keys.checked = silent();
    keys.addEventListener("change", () => localStorage.setItem("collate-keys", keys.checked ? "off" : "on"));
  }

  // Arrow keys go from cell to cell of the matrix.
  const step = (cell, e) => {
    const td = cell.closest("td"), tr = td.parentElement, at = [...tr.children].indexOf(td);
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[e.key];
    if (!by) return;
    for (let row = tr, col = at; ;) {
      row = by[0] < 0 ? row.previousElementSibling : by[0] > 0 ? row.nextElementSibling : row;
      col += by[1];
      const next = row && row.children[col];
      if (!next || (by[1] && col < 1)) return;
      const link = one("a", next);
      if (link) { link.focus(); e.preventDefault(); return; }
    }
  };

  const shown = () => { const drawer = one("#drawer"); if (drawer && drawer.firstElementChild) drawer.focus(); };
  for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, shown);
})();
