/* What a page gains when scripts may run; every act works without it. No eval, no markup from strings, no arithmetic on points. */
(() => {
  "use strict";
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const user = meta("account");
  const two = (number) => String(number).padStart(2, "0");
  const clock = (date = new Date()) => `${two(date.getHours())}:${two(date.getMinutes())}`;
  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });
  const link = (url, text) => Object.assign(make("a", "", text), { href: url });
  const signIn = () => link(`${meta("sign-in") || "/dang-nhap/"}?next=${encodeURIComponent(location.pathname + location.search)}`, "Đăng nhập lại");

  /* ---- Typed text stays in this browser until it has been sent: per user, path and form ---- */
  const PREFIX = `kept:${user}:`;
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the page still works */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* likewise */ } },
    mine() { try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; } },
  };
  const keyOf = (form) => `${PREFIX}${location.pathname}#${form.id || new URL(form.action || location.href, location.href).pathname}`;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !field.readOnly && !field.disabled
    && !["password", "file", "hidden", "submit", "button", "fieldset"].includes(field.type) && field.autocomplete !== "one-time-code");
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const changed = (field) => {
    if (isChoice(field)) return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.value !== "";
    return field.value !== field.defaultValue;
  };
  const slotOf = (fields, field) => `${field.name}|${isChoice(field) ? field.value : fields.filter((other) => other.name === field.name).indexOf(field)}`;

  /* What the page showed when something was typed goes back with it, so that a value of somebody else is noticed later. */
  const seenFields = (form) => [...form.elements].filter((field) => field.type === "hidden" && field.name.startsWith("seen_"));
  const seenOf = (form) => Object.fromEntries(seenFields(form).map((field) => [field.name, field.value]));
  const REFUSED = ".is-invalid, .refusal"; // the server gave the typed text back: it is not saved yet
  const keep = (form) => {
    const fields = fieldsOf(form);
    const values = {};
    for (const field of fields.filter(changed)) values[slotOf(fields, field)] = isChoice(field) ? field.checked : field.value;
    if (Object.keys(values).length) store.write(keyOf(form), { at: clock(), title: document.title, values, seen: seenOf(form) });
    else if (!form.querySelector(REFUSED)) store.drop(keyOf(form));
  };
  const restore = (form) => {
    const kept = store.read(keyOf(form));
    if (!kept) return;
    const fields = fieldsOf(form);
    let restored = 0;
    for (const field of fields) {
      const value = kept.values[slotOf(fields, field)];
      if (value === undefined) continue;
      if (isChoice(field) ? field.checked !== value : field.value !== value) restored += 1;
      if (isChoice(field)) field.checked = value; else field.value = value;
    }
    if (!restored) { if (!form.querySelector(REFUSED)) store.drop(keyOf(form)); return; }
    const note = make("div", "notice warn");
    note.setAttribute("role", "status");
    note.append(make("p", "", `Đã khôi phục nội dung chưa gửi, nhập lúc ${kept.at}.`));
    const forget = Object.assign(make("button", "btn btn-link", "Bỏ nội dung này, lấy lại nội dung đã lưu"), { type: "button" });
    forget.addEventListener("click", () => { form.reset(); store.drop(keyOf(form)); note.remove(); });
    note.append(forget);
    form.prepend(note);
    for (const field of seenFields(form)) field.value = kept.seen?.[field.name] ?? field.value;
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    form.dispatchEvent(new CustomEvent("kept:restored", { bubbles: true, detail: { note, at: kept.at } }));
  };
  /* What was saved by itself is no longer unsent: from now on only what differs from it is kept. */
  const sending = new WeakMap();
  const noteSending = (form) => sending.set(form, fieldsOf(form).map((field) => [field, isChoice(field) ? field.checked : field.value]));
  const noteSent = (form) => {
    for (const [field, value] of sending.get(form) ?? []) {
      if (isChoice(field)) field.defaultChecked = value;
      else if (!field.options) field.defaultValue = value;
    }
    clearTimeout(later.get(form));
    keep(form);
  };
  const later = new WeakMap();
  const SENT = "kept-sent";
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!user || !form?.matches("[data-keep]")) return;
    clearTimeout(later.get(form));
    later.set(form, setTimeout(() => keep(form), 250));
  });
  let leaving = false;
  addEventListener("pagehide", () => { if (user && !leaving) document.querySelectorAll("form[data-keep]:not([data-leaving])").forEach(keep); });
  const settle = () => {
    const navigation = performance.getEntriesByType("navigation")[0]?.type;
    const sent = sessionStorage.getItem(SENT);
    if (!sent || (!user && !document.querySelector("[data-not-sent]"))) return;
    sessionStorage.removeItem(SENT);
    if (navigation === "navigate" && !document.querySelector("[data-not-sent]")) store.drop(sent);
  };

  /* ---- Sending: once, and signing out asks about what was not sent ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.matches("[data-sign-out]") && !form.dataset.sure && store.mine().length) {
      event.preventDefault();
      askBeforeSignOut(form);
      return;
    }
    if (form.matches("[data-sign-out]")) { leaving = true; store.mine().forEach(store.drop); }
    if (form.hasAttribute("hx-post") || form.hasAttribute("data-hx-post")) return;
    if (form.dataset.leaving) { event.preventDefault(); return; }
    form.dataset.leaving = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 15000);
    if (user && form.matches("[data-keep]")) { keep(form); sessionStorage.setItem(SENT, keyOf(form)); }
    if (form.matches("[data-upload]")) showUpload(form);
  });
  const release = (form) => { delete form.dataset.leaving; form.removeAttribute("aria-busy"); };
  addEventListener("pageshow", () => document.querySelectorAll("form[data-leaving]").forEach(release));
  const askBeforeSignOut = (form) => {
    if (form.querySelector(".notice")) return;
    const note = make("div", "notice warn");
    note.setAttribute("role", "alert");
    note.append(make("p", "", `Còn nội dung đã nhập nhưng chưa gửi ở ${two(store.mine().length)} trang. Đăng xuất sẽ xóa nội dung này khỏi máy.`));
    const sure = Object.assign(make("button", "btn btn-sm", "Đăng xuất và xóa"), { type: "button" });
    sure.addEventListener("click", () => { form.dataset.sure = "1"; form.requestSubmit(); });
    note.append(sure);
    form.append(note);
    sure.focus();
  };

  /* ---- The session ends when idle: a bar five minutes before ---- */
  const SEEN = `session-seen:${user}`;
  const seconds = Number(meta("session-seconds"));
  const seen = () => { try { localStorage.setItem(SEEN, String(Date.now())); } catch { /* other tabs are not told */ } lastSeen = Date.now(); };
  let lastSeen = Date.now();
  let bar = null;
  const left = () => {
    const elsewhere = Number((() => { try { return localStorage.getItem(SEEN); } catch { return 0; } })());
    return Math.round(seconds - (Date.now() - Math.max(lastSeen, elsewhere)) / 1000);
  };
  const watch = () => {
    const remaining = left();
    const warnAt = Math.min(300, seconds / 2);
    if (remaining > warnAt) { bar?.remove(); bar = null; }
    else if (!bar) showBar();
    if (bar) {
      const text = remaining > 0
        ? `Phiên làm việc sẽ kết thúc sau ${two(Math.floor(remaining / 60))} phút ${two(remaining % 60)} giây.`
        : "Phiên làm việc đã kết thúc. Nội dung đã nhập được giữ trên máy này.";
      bar.querySelector(".when").textContent = text;
      if (remaining <= 0 && !bar.querySelector("a")) bar.querySelector("button").replaceWith(signIn());
    }
    setTimeout(watch, bar && remaining > 0 ? 1000 : Math.max(1000, Math.min(30000, (remaining - warnAt) * 1000)));
  };
  const showBar = () => {
    bar = make("div", "idle noprint");
    const row = make("div", "wrap");
    const told = make("p", "sr", "Phiên làm việc sắp kết thúc vì chưa có thao tác. Bấm Tiếp tục làm việc để ở lại.");
    told.setAttribute("role", "alert");
    const button = Object.assign(make("button", "btn btn-sm", "Tiếp tục làm việc"), { type: "button" });
    button.addEventListener("click", async () => {
      const answer = await fetch(meta("session-keep"), { method: "POST", headers: JSON.parse(document.body.getAttribute("hx-headers") || "{}") }).catch(() => null);
      if (answer?.status === 204) { seen(); bar?.remove(); bar = null; }
      else button.replaceWith(signIn());
    });
    row.append(told, make("p", "when"), button);
    bar.append(row);
    document.body.append(bar);
  };

  /* ---- htmx: saved state, sentences for errors, focus ---- */
  const savedOf = (element) => {
    const form = element.closest?.("[data-autosave]");
    return form && (document.querySelector(form.dataset.savedIn || null) || form.querySelector("[data-saved]"));
  };
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    clearSentence(detail.elt);
    if (detail.elt.matches?.("form[data-autosave]")) noteSending(detail.elt);
    const saved = savedOf(detail.elt);
    if (saved) { saved.classList.remove("bad"); saved.textContent = "Đang lưu…"; }
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.requestConfig.headers["X-Idle"] && detail.xhr.status) seen();
    const saved = savedOf(detail.elt);
    const form = detail.elt.closest("form");
    if (detail.successful && detail.xhr.status !== 422) { // 422 is swapped in: the form with what is wrong
      if (saved) saved.textContent = `Đã lưu lúc ${clock()}`;
      if (form?.matches("[data-autosave][data-keep]")) noteSent(form);
      else if (form?.matches("[data-keep]") && detail.requestConfig.verb !== "get") { clearTimeout(later.get(form)); store.drop(keyOf(form)); }
    } else if (saved) {
      saved.classList.add("bad");
      const again = Object.assign(make("button", "", "Chưa lưu được, bấm để thử lại"), { type: "button" });
      again.addEventListener("click", () => {
        if (form?.getAttribute("hx-trigger")?.includes("submit")) window.htmx.trigger(form, "submit");
        else window.htmx.ajax(detail.requestConfig.verb, detail.requestConfig.path, { source: detail.elt });
      });
      saved.replaceChildren(again);
    }
  });
  const SENTENCES = {
    0: "Không kết nối được với hệ thống. Nội dung đã nhập vẫn còn trên trang này. Kiểm tra mạng rồi thử lại.",
    401: "Phiên làm việc đã kết thúc. Nội dung đã nhập vẫn còn trên trang này.",
    403: "Đơn vị không có quyền thực hiện việc này. Chưa có nội dung nào thay đổi.",
    404: "Không tìm thấy nội dung, hoặc nội dung không thuộc phạm vi của đơn vị.",
    409: "Nội dung vừa được thay đổi ở nơi khác. Mở lại trang để xem nội dung mới.",
    413: "Tệp hoặc nội dung gửi lên quá lớn. Chưa có nội dung nào thay đổi.",
    429: "Có quá nhiều yêu cầu trong thời gian ngắn. Đợi một phút rồi thử lại.",
  };
  const clearSentence = (element) => placeOf(element).parentElement?.querySelectorAll(":scope > [data-from-script]").forEach((old) => old.remove());
  const placeOf = (element) => document.querySelector(element.closest?.("[data-errors-in]")?.dataset.errorsIn || null) || element.closest?.("form, .dt-wrap") || element;
  const sayError = ({ detail }) => {
    const status = detail.xhr?.status ?? 0;
    const page = detail.xhr?.responseText ? new DOMParser().parseFromString(detail.xhr.responseText, "text/html") : null;
    const said = page?.querySelector("[data-sentence]")?.textContent.trim();
    const note = make("div", "notice stop refusal");
    note.dataset.fromScript = "1";
    note.setAttribute("role", "alert");
    note.append(make("p", "", said || SENTENCES[status] || "Hệ thống chưa thực hiện được việc này. Nội dung đã nhập vẫn còn trên trang. Thử lại sau ít phút."));
    const remedy = page?.querySelector("[data-sentence] ~ .acts a");
    if (status === 401) note.append(signIn());
    else if (remedy) note.append(link(new URL(remedy.getAttribute("href"), location.href).pathname, remedy.textContent));
    clearSentence(detail.elt);
    placeOf(detail.elt).after(note);
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, sayError);
  let focused = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const now = document.activeElement;
    focused = now && now !== document.body ? { id: now.id, name: now.name, value: now.value } : null;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const wanted = detail.elt.matches?.("[data-focus]") ? detail.elt : detail.elt.querySelector?.("[data-focus]");
    if (wanted) { wanted.focus(); return; }
    if (document.activeElement !== document.body || !focused) return;
    const again = (focused.id && document.getElementById(focused.id)) || (focused.name && detail.elt.querySelector?.(`[name="${CSS.escape(focused.name)}"]`)) || detail.elt;
    if (!again.matches("a, button, input, select, textarea, summary, [tabindex]")) again.setAttribute("tabindex", "-1");
    again.focus({ preventScroll: true });
  });

  /* ---- Files: a place to drop them, names of what was picked, progress ---- */
  const showPicked = (drop) => {
    drop.querySelector(".picked")?.remove();
    const files = [...drop.querySelector("input[type=file]").files];
    if (!files.length) return;
    const list = make("ul", "picked");
    for (const file of files) list.append(make("li", "", `${file.name} (${(file.size / 1048576).toFixed(1).replace(".", ",")} MB)`));
    drop.append(list);
  };
  const showUpload = (form, part) => {
    const drop = form.querySelector("[data-drop]") || form;
    const progress = drop.querySelector("progress") || drop.appendChild(Object.assign(document.createElement("progress"), { max: 100 }));
    progress.setAttribute("aria-label", "Đang tải tệp lên");
    if (part === undefined) progress.removeAttribute("value"); else progress.value = part;
  };
  document.addEventListener("change", ({ target }) => { const drop = target.closest("[data-drop]"); if (drop && target.type === "file") showPicked(drop); });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const drop = event.target.closest?.("[data-drop]");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("over", name === "dragenter" || name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) { drop.querySelector("input[type=file]").files = event.dataTransfer.files; showPicked(drop); }
    });
  }
  document.addEventListener("htmx:xhr:progress", ({ detail, target }) => {
    const form = target.closest("form[data-upload]");
    if (form && detail.lengthComputable) showUpload(form, Math.round((detail.loaded / detail.total) * 100));
  });

  /* ---- What opens can be closed, and the focus goes with it ---- */
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close?.closest("details")) { event.preventDefault(); shut(close.closest("details")); }
    document.querySelectorAll("details.switch[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.("details.switch[open], details.confirm[open]");
    if (open) shut(open);
  });
  const shut = (details) => { details.open = false; details.querySelector("summary").focus(); };
  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.("details.confirm") || !target.open) return;
    const heading = target.querySelector("h3, h2");
    if (heading && !target.querySelector(".notice")) { heading.setAttribute("tabindex", "-1"); heading.focus(); }
  }, true);

  const start = () => {
    settle();
    if (user) {
      document.querySelectorAll("form[data-keep]").forEach(restore);
      seen();
      if (seconds) watch();
    }
    const rail = document.querySelector(".rail");
    const now = rail?.querySelector(".now");
    if (now) rail.scrollLeft = now.offsetLeft - rail.offsetLeft - 16;
    document.querySelector("[data-focus]")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
