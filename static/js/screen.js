/* The wall is worked by keys alone: F full screen, + and - the size of the type, 0 the usual size. */
(() => {
  "use strict";
  const sizes = ["size-s", "", "size-l", "size-xl"];
  let at = 1;
  const show = (next) => {
    at = Math.min(sizes.length - 1, Math.max(0, next));
    document.body.className = sizes[at];
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "f" || event.key === "F") {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen().catch(() => {});
    } else if (event.key === "+" || event.key === "=") show(at + 1);
    else if (event.key === "-") show(at - 1);
    else if (event.key === "0") show(1);
  });
})();
