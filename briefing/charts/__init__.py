"""Tables to figures; the only package that draws with Plotly."""
