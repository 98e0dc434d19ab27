/* Times are in UTC; on hover they also appear in the reader's zone. */
(() => {
  "use strict";
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "your zone";
  document.addEventListener("pointerover", (event) => {
    const time = event.target.closest?.("time[datetime*=T]:not([title])");
    const at = time && new Date(time.dateTime);
    if (at && !Number.isNaN(at.getTime())) time.title = `${format.format(at)} (${zone})`;
  });
})();
