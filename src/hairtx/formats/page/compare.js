// Puts two to four treatments next to each other. All text is on the page already; this only moves copies of it.
"use strict";
(() => {
  const most = 4;
  const pieces = new Map([...document.querySelectorAll(".piece")].map((piece) => [piece.dataset.key, piece]));
  const boxes = [...document.querySelectorAll("#chooser input")];
  const chooser = document.getElementById("chooser");
  const said = document.getElementById("chosen");
  const select = document.getElementById("for");
  const leaf = document.getElementById("leaf");
  const short = document.getElementById("short");
  const table = document.getElementById("table");
  const held = document.getElementById("held");
  const perCondition = [...document.querySelectorAll("#leaf [data-for], .untreated")];
  const list = document.querySelector(".reflist");
  const references = new Map([...list.children].map((item) => [item.id, item]));
  const first = document.title;
  const site = first.split(" · ").slice(1).join(" · ");
  // The order of choosing is the order of the columns.
  let chosen = [];
  // Empty: not asked for, so the first condition that all of them are listed for.
  let asked = "";

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const listed = (key) => new Set(pieces.get(key).dataset.uses.split(" "));
  const condition = () => {
    if (asked) return asked;
    const sets = chosen.map(listed);
    const keys = [...select.options].map((option) => option.value).filter((key) => key !== "all");
    return keys.find((key) => sets.every((set) => set.has(key))) ?? "all";
  };

  const cell = (key, group, row, about) => {
    const place = pieces.get(key).querySelectorAll(".group")[group].querySelectorAll(".row")[row];
    const name = make("span", { class: "who", "aria-hidden": "true" }, make("bdi", {}, pieces.get(key).dataset.name));
    const value = make("td", { role: "cell" }, name);
    const variants = [...place.querySelectorAll(":scope > .variant")];
    if (!variants.length) {
      value.append(...place.querySelector(":scope > .value").cloneNode(true).childNodes);
      return value;
    }
    const fitting = variants.filter((one) => about === "all" ? !("unlisted" in one.dataset) : one.dataset.for === about);
    for (const variant of fitting) {
      const copy = variant.cloneNode(true);
      const heading = copy.querySelector("h5");
      if (about === "all") heading.replaceWith(make("p", { class: "about" }, make("b", {}, ...heading.childNodes)));
      else heading.remove();
      value.append(...copy.childNodes);
    }
    if (!fitting.length) value.append(make("p", { class: "absent" }, "not listed for any condition"));
    return value;
  };
  const rows = (number, about) => [...pieces.get(chosen[0]).querySelectorAll(".group")[number].querySelectorAll(".row")]
    .map((row, place) => make("tr", { role: "row" },
      make("th", { scope: "row", role: "rowheader" }, row.dataset.label),
      ...chosen.map((key) => cell(key, number, place, about))));
  const grid = (names, label, heads, ...bodies) => make("table", { class: names, role: "table", "aria-labelledby": label },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, make("td", { role: "cell" }), ...heads)), ...bodies);
  const head = (...children) => make("th", { scope: "col", role: "columnheader" }, ...children);
  const removing = (key) => {
    const button = make("button", { type: "button", class: "remove" }, `Remove ${pieces.get(key).dataset.name}`);
    button.addEventListener("click", () => toggle(key, false));
    return button;
  };
  const named = (key) => make("a", { href: pieces.get(key).dataset.href }, make("bdi", {}, pieces.get(key).dataset.name));

  // The short rows, then all the others, which stay folded until they are asked for.
  const answer = (about) => {
    const heads = chosen.map((key) => {
      const { what } = pieces.get(key).dataset;
      return head(named(key), ...(what ? [make("span", { class: "what" }, ", ", make("bdi", {}, what))] : []));
    });
    return grid("answer", "answer", heads, make("tbody", { role: "rowgroup" }, ...rows(0, about)));
  };
  const everything = (about) => {
    const groups = [...pieces.get(chosen[0]).querySelectorAll(".group")].slice(1);
    return grid(`compare columns-${chosen.length}`, "side", chosen.map((key) => head(named(key))), ...groups.map((group, number) =>
      make("tbody", { role: "rowgroup" },
        make("tr", { role: "row", class: "part" }, make("th", { scope: "rowgroup", role: "rowheader", colspan: chosen.length + 1 }, group.dataset.title)),
        ...rows(number + 1, about))));
  };

  // Numbers from 1 in the order of reading, and only the references that are cited.
  const renumber = () => {
    const numbers = new Map();
    const mentions = new Map();
    const shown = [...document.querySelectorAll("#leaf > :not([hidden]) .ref, .untreated:not([hidden]) .ref, #held .ref")];
    for (const link of shown) {
      const id = link.hash.slice(1);
      if (!numbers.has(id)) { numbers.set(id, numbers.size + 1); mentions.set(id, []); }
      link.textContent = numbers.get(id);
      link.id = `c-${id}-${mentions.get(id).length + 1}`;
      mentions.get(id).push(link.id);
    }
    list.replaceChildren(...[...numbers].map(([id, number]) => {
      const item = references.get(id);
      item.value = number;
      item.querySelector(".back")?.remove();
      item.append(make("span", { class: "back" }, "Back to:",
        ...mentions.get(id).flatMap((target, place) => [" ", make("a", { href: `#${target}` }, place + 1)])));
      return item;
    }));
  };

  const show = () => {
    const ready = chosen.length >= 2;
    const about = condition();
    for (const box of boxes) {
      box.checked = chosen.includes(box.value);
      box.disabled = !box.checked && chosen.length >= most;
    }
    const names = chosen.map((key) => pieces.get(key).dataset.name).join(", ");
    const left = chosen.length >= most ? " Four is the most; remove one to choose another." : ready ? "" : " Choose at least two.";
    said.textContent = `${chosen.length ? `Chosen: ${names}.` : "Nothing chosen yet."}${left}`;
    select.value = about;
    document.getElementById("bar").hidden = leaf.hidden = table.hidden = document.querySelector(".references").hidden = !ready;
    for (const one of perCondition) one.hidden = !ready || one.dataset.for !== about;
    leaf.className = `leaf of-${chosen.length}`;
    short.replaceChildren(...(ready ? [answer(about)] : []));
    held.replaceChildren(...(ready ? [everything(about)] : []));
    document.getElementById("without").replaceChildren(...chosen.map(removing));
    renumber();
    document.title = ready ? `${names} · ${site}` : first;
  };

  const save = () => {
    const state = new URLSearchParams();
    if (chosen.length) state.set("with", chosen.join(","));
    if (asked) state.set("for", asked);
    const text = state.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
    show();
  };
  const toggle = (key, on) => {
    chosen = chosen.filter((one) => one !== key);
    if (on && chosen.length < most) chosen.push(key);
    save();
    if (!on && document.activeElement === document.body) chooser.querySelector("summary").focus();
  };
  const restore = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return;
    const state = new URLSearchParams(hash);
    const keys = (state.get("with") ?? "").split(",").filter((key) => pieces.has(key));
    chosen = [...new Set(keys)].slice(0, most);
    asked = [...select.options].some((option) => option.value === state.get("for")) ? state.get("for") : "";
    show();
  };

  // Links within the page lead there without giving up the address that holds the choice.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (const one of document.querySelectorAll(".here")) one.classList.remove("here");
    target.classList.add("here");
    if (!target.matches("a, button, input")) target.tabIndex = -1;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  });
  for (const box of boxes) box.addEventListener("change", () => toggle(box.value, box.checked));
  select.addEventListener("change", () => { asked = select.value; save(); });
  document.getElementById("print").addEventListener("click", () => print());
  addEventListener("hashchange", restore);
  document.getElementById("pieces").remove();
  chooser.hidden = false;
  restore();
  chooser.open = chosen.length < 2;
})();
