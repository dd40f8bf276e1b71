"""Numbers to sentences, and tables to tables in words; no Plotly."""
