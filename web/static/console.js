// Keys and small conveniences. Everything works without this file; nothing here decides anything.
(() => {
  "use strict";
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea") !== null;
  const go = (selector) => { const link = document.querySelector(selector); if (link) link.click(); return Boolean(link); };

  // Lists: j and k go from row to row, x ticks. A page about one thing: j and k go to its neighbours.
  const rows = () => [...document.querySelectorAll("ul.rows > li .row-main")];
  const step = (by) => {
    const all = rows();
    const here = all.indexOf(document.activeElement);
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.key === "j") { if (!go("[data-key=j]")) step(1); }
    else if (event.key === "k") { if (!go("[data-key=k]")) step(-1); }
    else if (event.key === "x") {
      const row = document.activeElement && document.activeElement.closest("ul.rows > li");
      const tick = row && row.querySelector("input.tick");
      if (tick) { tick.checked = !tick.checked; tick.dispatchEvent(new Event("change", { bubbles: true })); }
    } else if (["c", "r", "u"].includes(event.key)) {
      const button = document.querySelector(`[data-key=${event.key}]`);
      if (button) { event.preventDefault(); button.focus(); if (button.dataset.then) document.getElementById(button.dataset.then).focus(); }
    }
  });

  // The city: arrow keys move among the cells.
  document.querySelectorAll("[data-grid]").forEach((grid) => grid.addEventListener("keydown", (event) => {
    const cells = [...document.querySelectorAll(".cell")];
    const here = cells.indexOf(document.activeElement);
    if (here < 0) return;
    let next = -1;
    if (event.key === "ArrowRight") next = here + 1;
    else if (event.key === "ArrowLeft") next = here - 1;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const down = event.key === "ArrowDown";
      const box = cells[here].getBoundingClientRect();
      let best = Infinity;
      cells.forEach((cell, at) => {
        const other = cell.getBoundingClientRect();
        const apart = down ? other.top - box.top : box.top - other.top;
        if (apart < box.height / 2) return;
        const far = apart * 1000 + Math.abs(other.left - box.left);
        if (far < best) { best = far; next = at; }
      });
    } else return;
    event.preventDefault();
    if (cells[next]) cells[next].focus();
  }));

  // Bulk: how many are ticked, all at once, from one to another with Shift.
  const ticks = [...document.querySelectorAll("input.tick")];
  const told = document.querySelector("[data-ticked]");
  const count = () => { if (told) told.textContent = String(ticks.filter((tick) => tick.checked).length); };
  let last = -1;
  ticks.forEach((tick, at) => {
    tick.addEventListener("change", count);
    tick.addEventListener("click", (event) => {
      if (event.shiftKey && last >= 0) ticks.slice(Math.min(last, at), Math.max(last, at) + 1).forEach((each) => { each.checked = tick.checked; });
      last = at;
      count();
    });
  });
  document.querySelectorAll("[data-all]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { const on = ticks.some((tick) => !tick.checked); ticks.forEach((tick) => { tick.checked = on; }); count(); });
  });
  count();

  // A double click sends once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method === "post") { form.dataset.sent = "1"; setTimeout(() => { delete form.dataset.sent; }, 8000); }
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
})();
