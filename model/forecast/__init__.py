"""A run, assumptions and a deadline to tables; how surprising; the nearest set that works."""

from model.forecast.answer import Forecast, answered, forecast
from model.forecast.refusal import Refused
from model.forecast.served import basis_id, open_run, served_days

__all__ = [
    "Forecast",
    "Refused",
    "answered",
    "basis_id",
    "forecast",
    "open_run",
    "served_days",
]
