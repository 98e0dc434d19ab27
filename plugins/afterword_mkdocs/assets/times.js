/* Times are in UTC; on hover they also appear in the reader's zone. How old a snapshot is only the reader's clock knows. */
(() => {
  "use strict";
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "your zone";
  const old = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  for (const place of document.querySelectorAll("[data-aw-age]")) {
    const minutes = Math.floor((Date.now() - new Date(place.dataset.awAge).getTime()) / 60000);
    if (Number.isNaN(minutes) || minutes < 0) continue;
    const [value, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
    place.textContent = `(${old.format(-value, unit)})`;
    place.classList.toggle("aw-old", minutes >= 2880);
  }
  document.addEventListener("pointerover", (event) => {
    const time = event.target.closest?.("time[datetime*=T]:not([title])");
    const at = time && new Date(time.dateTime);
    if (at && !Number.isNaN(at.getTime())) time.title = `${format.format(at)} (${zone})`;
  });
})();
