"""A login that is half set up lets nobody in, and says why in one line."""

import re
import tomllib

import pytest
import streamlit as st
from streamlit import config

from pages.ui.login import roles, settings
from pages.ui.login.roles import LoginError
from pages.ui.server import site
from tests.pages.test_pages import ROOT
from tests.pages.ui.login.signed_in import AUTH, ask_for_login

NAMED = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
OF_ONE = {key: AUTH[key] for key in settings.OF_A_PROVIDER}


@pytest.fixture
def secrets(monkeypatch):
    """Puts a table [auth] into Streamlit's secrets."""

    def put(auth: dict) -> None:
        kept = type(st.secrets)()
        kept._secrets = {"auth": auth}
        monkeypatch.setattr(st, "secrets", kept)

    return put


def test_without_provider_and_file_nobody_is_asked_to_log_in(monkeypatch):
    monkeypatch.delenv(settings.ROLES, raising=False)
    assert not settings.is_on()


def test_a_provider_without_a_file_of_roles_lets_nobody_in(monkeypatch, secrets):
    monkeypatch.delenv(settings.ROLES, raising=False)
    secrets(AUTH)
    assert settings.is_on()
    with pytest.raises(LoginError, match="ARAXES_ROLES names no file of roles; nobody gets in"):
        settings.check()


def test_a_file_of_roles_without_a_provider_lets_nobody_in(monkeypatch, tmp_path):
    ask_for_login(monkeypatch, tmp_path)
    assert settings.is_on()
    with pytest.raises(LoginError, match=r"no secrets\.toml .* has a provider under \[auth\]"):
        settings.check()


@pytest.mark.parametrize("content", [b"[auth", b"[auth]\nname = '\xff'"])
def test_secrets_that_cannot_be_read_let_nobody_in(monkeypatch, tmp_path, content):
    monkeypatch.delenv(settings.ROLES, raising=False)
    path = tmp_path / "secrets.toml"
    path.write_bytes(content)
    before = config.get_option("secrets.files")
    monkeypatch.setattr(st, "secrets", type(st.secrets)())
    config.set_option("secrets.files", [str(path)])
    try:
        assert settings.is_on()
        with pytest.raises(LoginError, match="secrets") as problem:
            settings.provider()
    finally:
        config.set_option("secrets.files", before)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"redirect_uri": "https://araxes.example.org"}, "redirect_uri is"),
        ({"redirect_uri": "araxes/oauth2callback"}, "redirect_uri is"),
        ({"cookie_secret": "short"}, "cookie_secret needs 32 characters"),
        ({"client_id": ""}, r"\[auth\]: client_id missing"),
        ({"server_metadata_url": "http://login.example.org"}, "https was expected"),
        ({"server_metadata_url": "login.example.org"}, "expected https://…"),
        ({"a": OF_ONE, "b": OF_ONE}, "one provider was expected, and a, b stand there"),
        ({"a": {"client_id": "x"}}, r"\[auth\.a\]: client_secret, server_metadata_url missing"),
    ],
)
def test_what_is_wrong_with_the_provider_is_said_in_one_line(secrets, change, said):
    secrets(AUTH | change)
    with pytest.raises(LoginError, match=said) as problem:
        settings.provider()
    assert "\n" not in str(problem.value)
    assert AUTH["client_secret"] not in str(problem.value)


def test_a_provider_may_have_a_name(monkeypatch, secrets, tmp_path):
    secrets(NAMED | {"keycloak": OF_ONE})
    ask_for_login(monkeypatch, tmp_path)
    assert settings.provider() == "keycloak"
    assert settings.check().contact == "Ani, ani@example.org"


def test_the_server_does_not_start_with_a_faulty_login_and_says_why_in_one_line(
    monkeypatch, tmp_path, capsys
):
    ask_for_login(monkeypatch, tmp_path)
    with pytest.raises(SystemExit) as ended:
        site.check_login()
    (line,) = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert line.startswith("The dashboard was not started: ARAXES_ROLES names a file of roles, but")


def test_the_two_files_of_the_readme_are_a_login(monkeypatch, secrets, tmp_path):
    readme = (ROOT / "pages" / "ui" / "login" / "README.md").read_text(encoding="utf-8")
    of_streamlit, of_ours, *proxies = re.findall(r"^```text\n(.*?)^```", readme, re.M | re.S)
    auth = tomllib.loads(of_streamlit)["auth"]
    assert (auth["cookie_secret"], auth["client_secret"]) == ("…", "…")  # no secret stands there
    secrets(auth | {"cookie_secret": AUTH["cookie_secret"]})
    ask_for_login(monkeypatch, tmp_path, of_ours)
    claims = {"email": "bo@example.org", "email_verified": True, "groups": ["caucasus-desk"]}
    assert settings.check().role_of(claims) == roles.Role.analyst
    assert len(proxies) == 2


def test_the_secrets_of_a_clone_are_no_part_of_it():
    assert "secrets.toml" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
