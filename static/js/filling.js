/* The sheet of the self-assessment: what could not be sent is sent again when the way is open; documents are looked at in place. */
(() => {
  "use strict";
  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });

  /* ---- Sent again: when the network is back, when the page is looked at again, and every few seconds meanwhile ---- */
  const EVERY = 5000;
  const unsent = new Set();
  let waiting = 0;
  const sendAgain = () => {
    clearTimeout(waiting);
    waiting = 0;
    for (const form of unsent) {
      unsent.delete(form);
      if (form.isConnected) window.htmx.trigger(form, "submit");
    }
  };
  document.addEventListener("htmx:sendError", ({ detail }) => {
    if (!detail.elt.matches("form[data-autosave]")) return;
    unsent.add(detail.elt);
    if (!waiting) waiting = setTimeout(sendAgain, EVERY);
  });
  addEventListener("online", sendAgain);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAgain(); });

  /* ---- What was kept while the session or the network was away is sent as soon as it has come back ---- */
  const notes = new WeakMap();
  document.addEventListener("kept:restored", ({ target, detail }) => {
    if (!target.matches("form[data-autosave]")) return;
    notes.set(target, detail);
    const send = () => window.htmx.trigger(target, "submit");
    if (document.readyState === "complete") send(); else addEventListener("load", send, { once: true }); // htmx listens by then
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const restored = notes.get(detail.elt);
    if (!restored || !detail.successful || detail.xhr.status === 422) return;
    notes.delete(detail.elt);
    restored.note.replaceChildren(make("p", "", `Đã khôi phục và lưu nội dung nhập lúc ${restored.at}.`));
  });

  /* ---- A document beside what it proves ---- */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-preview]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const item = link.closest("li");
    const open = item.querySelector(".preview");
    link.setAttribute("aria-expanded", String(!open));
    if (open) { open.remove(); return; }
    const title = item.querySelector("a").textContent;
    const shown = link.dataset.preview === "image"
      ? Object.assign(document.createElement("img"), { src: link.href, alt: title })
      : Object.assign(document.createElement("iframe"), { src: link.href, title });
    shown.className = "preview";
    item.append(shown);
  });
})();
