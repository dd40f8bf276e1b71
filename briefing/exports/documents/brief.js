"use strict";
(function () {
  const night = matchMedia("(prefers-color-scheme: dark)");
  const settings = { displayModeBar: false, displaylogo: false, responsive: true };
  const pageOfPaper = 670;
  const charts = [...document.querySelectorAll("figure")].map((figure) => ({
    place: figure.querySelector(".chart"),
    figures: JSON.parse(figure.querySelector("script").textContent),
  }));

  function draw(background, width) {
    for (const { place, figures } of charts) {
      const figure = structuredClone(figures[background]);
      if (width) figure.layout.width = width;
      Plotly.react(place, figure.data, figure.layout, settings);
    }
  }
  const onScreen = () => draw(night.matches ? "dark" : "light");

  night.addEventListener("change", onScreen);
  addEventListener("beforeprint", () => draw("light", pageOfPaper));
  addEventListener("afterprint", onScreen);
  onScreen();
})();
