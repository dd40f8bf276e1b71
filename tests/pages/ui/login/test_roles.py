"""The file of roles: who gets which, and what is wrong with it in one line."""

import pytest

from pages.ui.login.roles import LoginError, Role, groups_in, read
from tests.pages.ui.login.signed_in import FILE


@pytest.fixture
def file(tmp_path):
    def written(text: str | bytes):
        path = tmp_path / "roles.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return written


@pytest.mark.parametrize(
    "claims, role",
    [
        ({"email": "ani@example.org"}, Role.publisher),
        ({"email": "ANI@Example.ORG"}, Role.publisher),
        ({"email": "bo@example.org"}, Role.viewer),
        ({"email": "bo@example.org", "groups": ["other", "desk"]}, Role.analyst),
        ({"groups": ["desk"]}, Role.analyst),
        ({"groups": "desk"}, Role.analyst),
        ({"email": "ani@example.org", "groups": ["desk"]}, Role.publisher),
        ({"email": "ani@example.org.evil.org"}, Role.nobody),
        ({"email": "ani@sub.example.org"}, Role.nobody),
        ({"email": "ani@evil.org@example.org"}, Role.nobody),
        ({"email": "@example.org"}, Role.viewer),
        ({"email": ["ani@example.org"]}, Role.nobody),
        ({"groups": {"desk": True}}, Role.nobody),
        ({"groups": [["desk"]]}, Role.nobody),
        ({}, Role.nobody),
    ],
)
def test_the_highest_role_that_address_or_group_gives(file, claims, role):
    assert read(file(FILE)).role_of({"email_verified": True} | claims) == role


@pytest.mark.parametrize("vouched", [None, False, "true", 1])
def test_an_address_counts_only_if_the_provider_vouches_for_it(file, vouched):
    claims = {"email": "ani@example.org", "email_verified": vouched}
    assert read(file(FILE)).role_of(claims) == Role.nobody
    trusting = f"unverified_emails = true\n{FILE}"
    assert read(file(trusting)).role_of(claims) == Role.publisher


def test_groups_stand_under_a_name_with_dots_or_inside_tables():
    nested = {"realm_access": {"roles": ["desk"]}, "https://x.example/roles": ["press"]}
    assert groups_in(nested, "realm_access.roles") == {"desk"}
    assert groups_in(nested, "https://x.example/roles") == {"press"}
    assert groups_in(nested, "realm_access.roles.deeper") == frozenset()


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "contact: this key is missing; add it"),
        ('contact = "Ani"', "nobody has a role"),
        ('contact = "Ani"\n[viewer]\nemails = "a@b.org"', "viewer.emails"),
        ('contact = "Ani"\n[viewer]\nemails = ["a.b.org"]', "'a.b.org' is no e-mail address"),
        ('contact = "Ani"\n[viewer]\nemails = ["*@b.org"]', "write ani@example.org, or @example"),
        ('contact = "Ani"\n[viewer]\nemails = ["a@"]', "no e-mail address"),
        ('contact = "Ani"\n[viewers]\nemails = ["a@b.org"]', "viewers: this key is not known"),
        ('contact = "Ani"\nhours = 0\n[viewer]\nemails = ["a@b.org"]', "hours: 0 where a number"),
        ("contact = Ani", "not TOML"),
        (b"contact = '\xff'", "not TOML"),
        ("a = " + "[" * 5000, "not TOML"),
        (b"#" * (10**6 + 1), "over 1 MB"),
    ],
    ids=range(12),
)
def test_what_is_wrong_with_the_file_is_said_in_one_line_with_its_name(file, text, said):
    path = file(text)
    with pytest.raises(LoginError) as problem:
        read(path)
    line = str(problem.value)
    assert said in line and str(path) in line and "\n" not in line


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LoginError, match=r"none\.toml: the file of roles cannot be read \(No such"):
        read(tmp_path / "none.toml")
