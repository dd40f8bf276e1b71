"""The scenario's words and days: types, dates, places."""
