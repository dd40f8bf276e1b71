"""Who serves beyond this machine is told of no login, or of one that others can take over."""

import pytest
import streamlit as st

from pages.ui.server.serve import open_to_all
from tests.pages.ui.login.signed_in import AUTH, ask_for_login


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1"])
def test_of_a_dashboard_on_this_machine_nothing_is_said(address):
    assert open_to_all(address) == ""


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.7", None])  # noqa: S104 - nothing is bound
def test_of_one_that_others_reach_one_line_says_that_it_has_no_login(address):
    said = open_to_all(address)
    assert "has no login" in said and "\n" not in said


@pytest.mark.parametrize("scheme, said", [("https", ""), ("http", "by http, and whoever listens")])
def test_of_one_with_a_login_only_that_it_is_not_encrypted(monkeypatch, tmp_path, scheme, said):
    ask_for_login(monkeypatch, tmp_path)
    secrets = type(st.secrets)()
    secrets._secrets = {"auth": AUTH | {"redirect_uri": f"{scheme}://a.org/oauth2callback"}}
    monkeypatch.setattr(st, "secrets", secrets)
    line = open_to_all("0.0.0.0")  # noqa: S104 - nothing is bound
    assert (said in line) if said else line == ""
    assert "\n" not in line and open_to_all("localhost") == ""
