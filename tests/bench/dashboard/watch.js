// The bench's eyes in a page, there before the page's own scripts. All times are milliseconds on
// the page's clock, which starts with the navigation.
(() => {
  const CHART = ".js-plotly-plot";
  const PATIENCE = 120_000;
  const EVERYTHING = { subtree: true, childList: true, attributes: true, characterData: true };

  // Where every mark of every chart stands.
  const marks = () =>
    [...document.querySelectorAll(`${CHART} .trace path`)]
      .map((mark) => mark.getAttribute("d") + mark.getAttribute("transform"))
      .join();

  const nextKeyPress = () =>
    new Promise((resolve) =>
      addEventListener("keydown", (event) => resolve(event.timeStamp), { capture: true, once: true }),
    );

  const frameWithOtherMarks = (before) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (marks() === before) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now()));
      });
      observer.observe(document, EVERYTHING);
    });

  const tooLate = () =>
    new Promise((_, reject) =>
      setTimeout(() => reject(new Error("no chart changed after the key press")), PATIENCE),
    );

  const watch = { lastChange: 0, pressToRepaint: null };

  // From now on `pressToRepaint` promises the time from the next key press to the first animation
  // frame after the marks of a chart have changed.
  watch.arm = () => {
    const both = Promise.all([nextKeyPress(), frameWithOtherMarks(marks())]);
    const took = both.then(([pressed, painted]) => painted - pressed);
    watch.pressToRepaint = Promise.race([took, tooLate()]);
  };

  watch.idle = () => document.querySelector("[data-test-script-state=notRunning]") !== null;

  // Whether as many charts are drawn and have not changed for `still` milliseconds.
  watch.settled = ([charts, still]) =>
    watch.idle() &&
    document.querySelectorAll(`${CHART}:has(.main-svg)`).length >= charts &&
    performance.now() - watch.lastChange > still;

  // `lastChange`: the animation frame after the last change inside a chart.
  const inChart = (node) => (node.closest ? node : node.parentElement)?.closest(CHART);
  new MutationObserver((changes) => {
    if (!changes.some((change) => inChart(change.target))) return;
    requestAnimationFrame(() => (watch.lastChange = performance.now()));
  }).observe(document, EVERYTHING);

  window.watch = watch;
})();
