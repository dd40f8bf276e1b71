"""A chart's texts and marks read back from its SVG, by the SVG alone."""

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
MOVE = re.compile(r"translate\(([-\d.]+),\s*([-\d.]+)\)")
CORNER = re.compile(r"[ML]([-\d.e]+),([-\d.e]+)")
BAR = re.compile(r"M([-\d.e]+),[-\d.e]+V[-\d.e]+H([-\d.e]+)V")


class Drawing:
    """An SVG of plotly's with one plot."""

    def __init__(self, content):
        self.root = ElementTree.fromstring(content)
        clip = self._first("clipPath", "plotclip").find(f"{SVG}rect")
        self.wide, self.high = float(clip.get("width")), float(clip.get("height"))
        area = next(e for e in self._all("rect", "bg") if float(e.get("width")) == self.wide)
        self.left, self.top = float(area.get("x")), float(area.get("y"))

    def texts(self):
        """Every text, its lines and spans joined without a mark between them."""
        return ["".join(text.itertext()) for text in self.root.iter(f"{SVG}text")]

    def ticks(self, axis):
        """(what stands at a tick, pixels from the plot's left or top edge); axis is x or y."""
        found = []
        for tick in self._all("g", f"{axis}tick"):
            for text in tick.iter(f"{SVG}text"):
                x, y = map(float, MOVE.search(text.get("transform")).groups())
                found.append(("".join(text.itertext()), x - self.left if axis == "x" else y))
        return [(said, at if axis == "x" else at - self.top) for said, at in found]

    def share(self, axis):
        """Pixels along an axis whose ticks are percentages -> probability, from two ticks."""
        ticks = [(float(said[:-1]) / 100, at) for said, at in self.ticks(axis)]
        (low, start), (high, end) = ticks[0], ticks[-1]
        return lambda pixels: low + (pixels - start) * (high - low) / (end - start)

    def points(self):
        """(x, y) of every marker in pixels of the plot, a list a trace."""
        return [
            [tuple(map(float, MOVE.search(p.get("transform")).groups())) for p in trace]
            for trace in self._all("g", "points")
            if len(trace) and trace[0].get("transform")
        ]

    def lines(self):
        """Corners of every line in pixels of the plot; plotly leaves out corners on a line."""
        lines = [e.get("d") for e in self._all("path", "js-line")]
        return [[tuple(map(float, c)) for c in CORNER.findall(line)] for line in lines]

    def bars(self):
        """(start, end) of every sideways bar in pixels of the plot."""
        paths = [group.find(f"{SVG}path").get("d") for group in self._all("g", "point")]
        return [tuple(map(float, BAR.match(path).groups())) for path in paths]

    def _all(self, tag, name):
        for element in self.root.iter(f"{SVG}{tag}"):
            if name in element.get("class", "").split():
                yield element

    def _first(self, tag, name):
        return next(self._all(tag, name))
