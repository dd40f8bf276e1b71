"""Charts first: what stands beside a chart waits while one is drawn, and never for long."""

import threading
import time

from pages.ui.memory.charts_first import Order


def seconds_waited(order: Order, most: float) -> float:
    begin = time.monotonic()
    order.wait(most)
    return time.monotonic() - begin


def test_a_piece_waits_for_a_chart_that_is_being_drawn():
    order, drawn = Order(), []

    def draw():
        with order.chart():
            begun.set()
            time.sleep(0.05)
            drawn.append("chart")

    begun, drawing = threading.Event(), threading.Thread(target=draw)
    drawing.start()
    begun.wait()
    order.wait(most=30)
    assert drawn == ["chart"]
    drawing.join()


def test_no_piece_waits_where_no_chart_is_drawn_not_even_after_one_that_failed():
    order = Order()
    try:
        with order.chart():
            raise ValueError
    except ValueError:
        pass
    assert seconds_waited(order, most=30) < 10


def test_a_chart_that_takes_long_holds_up_a_piece_for_its_most_alone():
    order = Order()
    with order.chart():
        assert 0.05 <= seconds_waited(order, most=0.05) < 10
