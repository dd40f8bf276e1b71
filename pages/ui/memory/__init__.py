"""All that is remembered: the visitor's set, forecasts, explanations, tables."""
