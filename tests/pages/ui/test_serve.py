"""Who serves a dashboard beyond this machine is told that it has no login."""

import pytest

from pages.ui.server.serve import open_to_all


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1"])
def test_of_a_dashboard_on_this_machine_nothing_is_said(address):
    assert open_to_all(address) == ""


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.7", None])  # noqa: S104 - nothing is bound
def test_of_one_that_others_reach_one_line_says_that_it_has_no_login(address):
    said = open_to_all(address)
    assert "has no login" in said and "\n" not in said
