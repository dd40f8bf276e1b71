"""The ledger of published forecasts and overrides: rows in a database, each with a hash."""
