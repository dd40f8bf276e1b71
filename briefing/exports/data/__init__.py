"""Tables as CSV, JSON, Parquet; units."""
